// A small, fast server without data loss: fsync and synchronous_commit stay on.

const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  // No socket: its folder would have to be reachable and its path short, and the port is enough.
  unix_socket_directories: '',
  max_connections: '50',
  shared_buffers: '256MB',
  // Few checkpoints: after each one every page touched is logged whole.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  synchronous_commit: 'on',
  autovacuum: 'on',
  // Short statements only: JIT compilation costs more than it saves.
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and error details contain row values: personal data must not reach the log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
};

export function serverArguments(more: Record<string, string>): string[] {
  return Object.entries({ ...SETTINGS, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
