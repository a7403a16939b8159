import { connect, type NetConnectOpts, type Socket } from 'node:net';
import type { ScanVerdict } from './scan.ts';

/** Where clamd listens. */
export type ClamdAddress = { path: string } | { host: string; port: number };

const MOST_MS = 20_000;
const CHUNK_BYTES = 64 * 1024;
const MOST_ANSWER_BYTES = 4096;

/**
 * Has clamd look at some content: the INSTREAM command (clamd(8)), each piece led by its length in four bytes, an empty one at the end.
 * Resolves always; whatever is not a clear yes or no is `unreachable`, among it `INSTREAM size limit exceeded`.
 */
export function scanWithClamd(address: ClamdAddress, content: Buffer): Promise<ScanVerdict> {
	return new Promise((resolve) => {
		const socket = connect(address as NetConnectOpts);
		let answer = '';
		const done = () => {
			socket.destroy();
			resolve(verdictOf(answer));
		};
		// Over all, not only of silence: a scanner that drips its answer must not hold an upload for ever.
		const timer = setTimeout(() => socket.destroy(), MOST_MS);
		socket.setEncoding('latin1');
		socket.on('connect', () => sendAll(socket, content));
		socket.on('data', (part: string) => {
			answer += part;
			if (answer.includes('\0') || answer.length > MOST_ANSWER_BYTES) done();
		});
		socket.on('error', () => undefined);
		socket.on('end', done);
		socket.on('close', () => {
			clearTimeout(timer);
			done();
		});
	});
}

function sendAll(socket: Socket, content: Buffer): void {
	socket.write('zINSTREAM\0');
	for (let from = 0; from < content.length; from += CHUNK_BYTES) {
		const piece = content.subarray(from, from + CHUNK_BYTES);
		socket.write(lengthOf(piece.length));
		socket.write(piece);
	}
	socket.write(lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
	const head = Buffer.alloc(4);
	head.writeUInt32BE(bytes);
	return head;
}

/** `stream: OK` or `stream: Name.Of-Finding FOUND`, ended by a zero byte. An answer that was cut off is none. */
function verdictOf(answer: string): ScanVerdict {
	const end = answer.indexOf('\0');
	const line = end === -1 ? '' : answer.slice(0, end);
	if (line === 'stream: OK') return { state: 'clean' };
	const [, finding] = /^stream: (.{1,200}) FOUND$/.exec(line) ?? [];
	return finding === undefined ? { state: 'unreachable' } : { state: 'found', finding: finding.replace(/[^\x20-\x7e]/g, '?') };
}
