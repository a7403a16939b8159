import { openSync } from 'node:fs';
import pino from 'pino';
import { machineClock } from './clock.ts';

export type Log = pino.Logger;

/** One answered request. `path` has already been through `safePath`; a query string never gets this far. */
export type AccessLine = { requestId: string; method: string; path: string; status: number; ms: number; bytes: number };

export type LogFile = { log: Log; access(line: AccessLine): void; flush(): void };

const FLUSH_EVERY_MS = 1000;
const SECRET_FIELDS = ['password', 'token', 'cookie', 'secret', 'email', 'phone', 'postcode', 'body', 'text', 'headers', 'query', 'url'];

/**
 * The program's log: one JSON object a line. Lines are gathered and written together once a second, and at once after an error.
 * @param file absolute path, or null for standard output
 * @throws Error when the file cannot be opened
 */
export function openLog(level: string, file: string | null): LogFile {
	const destination = pino.destination({ fd: file === null ? 1 : openSync(file, 'a', 0o600), sync: false, minLength: 4096 });
	// A full disk must not stop the site: what cannot be written to the log is lost.
	destination.on('error', () => undefined);
	const timer = setInterval(() => flush(destination), FLUSH_EVERY_MS).unref();
	const log = createLog(level, destination);
	const access = accessLog(log.isLevelEnabled('info'), destination);
	return { log, access, flush: () => (clearInterval(timer), flush(destination)) };
}

/** A logger that writes to `destination`. Errors are cut to type, message and stack; secret fields are replaced. */
export function createLog(level: string, destination: pino.DestinationStream): Log {
	const redact = { paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]), censor: '[removed]' };
	return pino({ level, base: null, redact, serializers: { err: plainError }, hooks: { logMethod: flushOnError(destination) } }, destination);
}

/** Writes access lines past pino's own formatting: they come by the ten thousand and have a fixed shape. */
function accessLog(enabled: boolean, destination: pino.DestinationStream): (line: AccessLine) => void {
	if (!enabled) return () => undefined;
	return (line) => {
		const path = JSON.stringify(line.path);
		destination.write(
			`{"level":30,"time":${machineClock.now()},"request":"${line.requestId}","method":"${line.method}","path":${path},"status":${line.status},"ms":${Math.round(line.ms * 10) / 10},"bytes":${line.bytes}}\n`,
		);
	};
}

type Hook = NonNullable<NonNullable<pino.LoggerOptions['hooks']>['logMethod']>;

function flushOnError(destination: pino.DestinationStream): Hook {
	return function write(args, method, level) {
		method.apply(this, args);
		if (level >= 50) flush(destination);
	};
}

function flush(destination: pino.DestinationStream): void {
	try {
		(destination as { flushSync?: () => void }).flushSync?.();
	} catch {
		// The disk is full, or nobody reads the pipe: the next flush tries again.
	}
}

function plainError(error: unknown): object {
	if (!(error instanceof Error)) return { message: withoutPostcodes(String(error)) };
	return { type: error.name, message: withoutPostcodes(error.message), stack: withoutPostcodes(error.stack ?? '') };
}

const FULL_POSTCODE = /(?<![a-z0-9])(?:gir[\s+._-]*0aa|[a-z]{1,2}\d[a-z\d]?[\s+._-]*\d[a-z]{2})(?![a-z0-9])/gi;
const TOKEN_SEGMENT = /^(?=.*\d)(?:(?=.*[A-Z])[\w-]{24,}|[0-9a-f]{32,})$/;
const LONGEST_PATH = 200;

/**
 * A path as it may be logged: without query string, link tokens, mail addresses and full postcodes, at most 200 characters.
 * Works on anything a client can send, encoded or not.
 */
export function safePath(address: string): string {
	const path = decoded(address.split(/[?#]/, 1)[0] ?? '');
	const masked = path
		.replace(/^(\/+(?:link|calendar|(?:supervision|training)\/+confirm)\/+).*/i, '$1…')
		.split('/')
		.map(safeSegment)
		.join('/');
	return masked.length > LONGEST_PATH ? `${masked.slice(0, LONGEST_PATH)}…` : masked;
}

function safeSegment(segment: string): string {
	if (TOKEN_SEGMENT.test(segment)) return '…';
	if (segment.includes('@')) return '[address]';
	return withoutPostcodes(segment);
}

function withoutPostcodes(text: string): string {
	return text.replace(FULL_POSTCODE, '[postcode]');
}

/** Decoded until nothing changes: `%2552` must not carry a postcode past the mask. */
function decoded(text: string): string {
	let current = text;
	for (let round = 0; round < 5; round++) {
		const next = current.replace(/%([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
		if (next === current) return current;
		current = next;
	}
	return current.replaceAll('%', '');
}
