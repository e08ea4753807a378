// Broker configuration: one node that is both broker and controller, reachable from this machine only.

export interface KafkaPorts {
  port: number;
  controllerPort: number;
}

/** @param logDir relative to the broker's working folder, so that the path needs no escaping */
export function kafkaProperties({ port, controllerPort }: KafkaPorts, logDir: string): string {
  return [
    'process.roles=broker,controller',
    'node.id=1',
    `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
    'controller.listener.names=CONTROLLER',
    `listeners=BROKER://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    `advertised.listeners=BROKER://127.0.0.1:${port}`,
    'inter.broker.listener.name=BROKER',
    'listener.security.protocol.map=BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT',
    `log.dirs=${logDir}`,
    'auto.create.topics.enable=false',
    // A cluster of one has one replica of everything.
    'offsets.topic.num.partitions=4',
    'offsets.topic.replication.factor=1',
    'transaction.state.log.num.partitions=1',
    'transaction.state.log.replication.factor=1',
    'transaction.state.log.min.isr=1',
    'share.coordinator.state.topic.replication.factor=1',
    'share.coordinator.state.topic.min.isr=1',
    'group.initial.rebalance.delay.ms=0',
    // Of a whole batch: room for a record of 1 MiB with key and headers.
    'message.max.bytes=2097152',
    // A killed broker can rejoin only when its old session has expired. 9 s by default.
    'broker.session.timeout.ms=3000',
    'broker.heartbeat.interval.ms=500',
    // Small: the default sets 128 MB of the heap aside for compaction alone.
    'log.cleaner.dedupe.buffer.size=16777216',
    'num.network.threads=2',
    'num.io.threads=4',
    'background.threads=4',
    '',
  ].join('\n');
}
