import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { quantile } from './statistics.ts';

/** What to ask of whom. `requests` are sent in the order of `addresses`, round and round, each by the next free connection. */
export type LoadOrder = { port: number; addresses: string[]; connections: number; requests: number; acceptEncoding: string };
/** Latencies in milliseconds; `bytes` of bodies; `strays` counts answers other than 200, the first of which is quoted; `perSecond` leaves them out. */
export type LoadResult = { perSecond: number; p50: number; p99: number; bytes: number; strays: number; firstStray: string };

type Run = { order: LoadOrder; heads: Buffer[]; sent: number; done: number; latencies: Float64Array; result: LoadResult; finish: () => void };
type Answer = { head: Buffer; bodyLeft: number; isClosing: boolean; startedAt: number };

/**
 * A load generator on bare sockets: node:http as a client costs as much as the servers under test and would be what is measured.
 * Reads its order from standard input, writes its result to standard output.
 */
async function main(): Promise<void> {
	const order = JSON.parse(await text(process.stdin)) as LoadOrder;
	process.stdout.write(JSON.stringify(await load(order)));
}

function load(order: LoadOrder): Promise<LoadResult> {
	const { promise, resolve } = Promise.withResolvers<void>();
	const result = { perSecond: 0, p50: 0, p99: 0, bytes: 0, strays: 0, firstStray: '' };
	const heads = order.addresses.map((address) => headOf(order, address));
	const run: Run = { order, heads, sent: 0, done: 0, latencies: new Float64Array(order.requests), result, finish: resolve };
	const startedAt = performance.now();
	for (let i = 0; i < order.connections; i += 1) open(run);
	return promise.then(() => {
		const seconds = (performance.now() - startedAt) / 1000;
		const latencies = [...run.latencies];
		return { ...result, perSecond: (order.requests - result.strays) / seconds, p50: quantile(latencies, 0.5), p99: quantile(latencies, 0.99) };
	});
}

function headOf({ port, acceptEncoding }: LoadOrder, address: string): Buffer {
	return Buffer.from(`GET ${address} HTTP/1.1\r\nHost: localhost:${port}\r\nAccept: text/html\r\nAccept-Encoding: ${acceptEncoding}\r\n\r\n`);
}

function open(run: Run): void {
	const socket = connect({ port: run.order.port, host: '127.0.0.1', noDelay: true });
	const answer: Answer = { head: Buffer.alloc(0), bodyLeft: -1, isClosing: false, startedAt: 0 };
	socket.on('connect', () => ask(run, socket, answer));
	socket.on('data', (chunk: Buffer) => take(run, socket, answer, chunk));
	socket.on('error', (error) => {
		process.stderr.write(`${error.message}\n`);
		process.exit(1);
	});
}

function ask(run: Run, socket: Socket, answer: Answer): void {
	if (run.sent >= run.order.requests) {
		socket.end();
		return;
	}
	const head = run.heads[run.sent % run.heads.length];
	run.sent += 1;
	answer.head = Buffer.alloc(0);
	answer.bodyLeft = -1;
	answer.startedAt = performance.now();
	socket.write(head ?? '');
}

function take(run: Run, socket: Socket, answer: Answer, chunk: Buffer): void {
	if (answer.bodyLeft >= 0) answer.bodyLeft -= chunk.length;
	else readHead(run, answer, chunk);
	if (answer.bodyLeft !== 0) return;
	run.latencies[run.done] = performance.now() - answer.startedAt;
	run.done += 1;
	if (run.done === run.order.requests) run.finish();
	if (!answer.isClosing) ask(run, socket, answer);
	else reopen(run, socket);
}

/** A server may end a connection after so many requests. */
function reopen(run: Run, socket: Socket): void {
	socket.destroy();
	if (run.sent < run.order.requests) open(run);
}

/** All servers under test say the length of what they send, so no chunked body has to be understood. */
function readHead(run: Run, answer: Answer, chunk: Buffer): void {
	answer.head = answer.head.length === 0 ? chunk : Buffer.concat([answer.head, chunk]);
	const end = answer.head.indexOf('\r\n\r\n');
	if (end === -1) return;
	const head = answer.head.toString('latin1', 0, end).toLowerCase();
	const mark = head.indexOf('\r\ncontent-length:');
	if (mark === -1) throw new Error(`An answer without a length:\n${head}`);
	const length = Number.parseInt(head.slice(mark + 17), 10);
	answer.bodyLeft = length - (answer.head.length - end - 4);
	answer.isClosing = head.includes('\r\nconnection: close');
	run.result.bytes += length;
	if (head.startsWith('http/1.1 200')) return;
	if (run.result.strays === 0) run.result.firstStray = head;
	run.result.strays += 1;
}

if (import.meta.main) await main();
