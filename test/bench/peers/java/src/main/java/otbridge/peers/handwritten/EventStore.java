package otbridge.peers.handwritten;

import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import otbridge.peers.Setting;
import otbridge.peers.avro.StatusEvent;

/** Offsets, events and newest statuses in PostgreSQL. One for each thread. */
final class EventStore implements AutoCloseable {
  /** A partition's place: what is read, and what is surely published of it. */
  record Place(long next, long published) {}

  /** An event that a crash may have left unpublished. */
  record Unpublished(String youth, byte[] encoded) {}

  /** One statement, so one round trip: nothing of it happens unless the partition is where this worker left it. */
  private static final String COMMIT =
      """
      with place as (
        update partition_place set next_offset = ?, published_upto = greatest(published_upto, ?)
        where partition = ? and next_offset = ? returning partition
      ), given as (
        select g.* from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bytea[])
          g (record_offset, event_id, source, youth, status, occurred_at, version, encoded)
        where exists (select from place)
      ), added as (
        insert into status_event (partition, record_offset, event_id, source, youth, status, occurred_at, encoded)
        select (select partition from place), record_offset, event_id, source, youth, status,
          to_timestamp(occurred_at / 1000.0), encoded
        from given on conflict (event_id) do nothing returning event_id
      ), newest as (
        insert into newest_status (youth, status, version, occurred_at)
        select distinct on (youth) youth, status, version, to_timestamp(occurred_at / 1000.0)
        from given order by youth, version desc
        on conflict (youth) do update
          set status = excluded.status, version = excluded.version, occurred_at = excluded.occurred_at
          where newest_status.version < excluded.version
      )
      select (select count(*) from place) as places,
        case when (select count(*) from added) < (select count(*) from given)
          then array(select event_id from given where event_id not in (select event_id from added)) end as repeats
      """;

  private final Connection connection;
  private final PreparedStatement commit;

  EventStore() throws SQLException {
    connection = DriverManager.getConnection(Setting.of("JDBC_URL"));
    commit = connection.prepareStatement(COMMIT);
  }

  Place place(int partition) throws SQLException {
    String text = "select next_offset, published_upto from partition_place where partition = ?";
    try (PreparedStatement asked = connection.prepareStatement(text)) {
      asked.setInt(1, partition);
      try (ResultSet rows = asked.executeQuery()) {
        rows.next();
        return new Place(rows.getLong(1), rows.getLong(2));
      }
    }
  }

  List<Unpublished> unpublished(int partition, long from) throws SQLException {
    String text =
        "select youth, encoded from status_event where partition = ? and record_offset >= ? order by record_offset";
    try (PreparedStatement asked = connection.prepareStatement(text)) {
      asked.setInt(1, partition);
      asked.setLong(2, from);
      try (ResultSet rows = asked.executeQuery()) {
        List<Unpublished> found = new ArrayList<>();
        while (rows.next()) found.add(new Unpublished(rows.getString(1), rows.getBytes(2)));
        return found;
      }
    }
  }

  /** Ids that were there before. Throws when another worker has the partition. */
  Set<String> commit(Batch batch, Place before) throws SQLException {
    commit.setLong(1, batch.next());
    commit.setLong(2, before.published());
    commit.setInt(3, batch.partition());
    commit.setLong(4, before.next());
    set(5, "bigint", batch, Batch.Entry::offset);
    of(6, "text", batch, StatusEvent::getEventId);
    of(7, "text", batch, StatusEvent::getSource);
    of(8, "text", batch, StatusEvent::getYouth);
    of(9, "text", batch, event -> event.getStatus().name());
    of(10, "bigint", batch, StatusEvent::getOccurredAt);
    of(11, "bigint", batch, StatusEvent::getVersion);
    byte[][] encoded = batch.entries().stream().map(Batch.Entry::encoded).toArray(byte[][]::new);
    commit.setArray(12, connection.createArrayOf("bytea", encoded));
    try (ResultSet rows = commit.executeQuery()) {
      rows.next();
      if (rows.getInt("places") != 1) throw new IllegalStateException("another worker has it");
      Array repeats = rows.getArray("repeats");
      return repeats == null
          ? Set.of()
          : new HashSet<>(Arrays.asList((String[]) repeats.getArray()));
    }
  }

  /** For a partition that no record comes to: its last ones are published. */
  void published(int partition, long upto) throws SQLException {
    String text = "update partition_place set published_upto = ? where partition = ? and published_upto < ?";
    try (PreparedStatement asked = connection.prepareStatement(text)) {
      asked.setLong(1, upto);
      asked.setInt(2, partition);
      asked.setLong(3, upto);
      asked.executeUpdate();
    }
  }

  private void of(int at, String type, Batch batch, Function<StatusEvent, Object> field)
      throws SQLException {
    set(at, type, batch, entry -> field.apply(entry.event()));
  }

  private void set(int at, String type, Batch batch, Function<Batch.Entry, Object> value)
      throws SQLException {
    commit.setArray(at, connection.createArrayOf(type, batch.entries().stream().map(value).toArray()));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
