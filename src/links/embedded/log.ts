/** The server's log: one JSON object a line, with the fields that the real server's log has. */

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';
export type LogFields = Readonly<Record<string, string | number>>;
export type Log = (level: LogLevel, message: string, fields?: LogFields) => void;

/** A log that writes its lines to a stream. */
export const logTo =
  (stream: NodeJS.WritableStream): Log =>
  (level, message, fields = {}) => {
    const time = new Date().toISOString();
    stream.write(`${JSON.stringify({ level, ...fields, time, message })}\n`);
  };

export const noLog: Log = () => {};
