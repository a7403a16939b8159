import { createServer, type Server, type Socket } from 'node:net';

/** How the fake behaves: as clamd does, or as one that is broken in some way. */
export type ClamdMood = 'well' | 'silent' | 'cut_off' | 'nonsense' | 'refuses_size';

/**
 * A clamd that speaks the real INSTREAM protocol over TCP or a unix socket: it reads the pieces by their lengths and answers for the content.
 * `signatures`: texts it knows, by its name for them; it may learn more while it runs.
 */
export class FakeClamd {
	readonly signatures = new Map<string, string>();
	readonly seen: Buffer[] = [];
	mood: ClamdMood = 'well';
	address = '';
	#server: Server;
	#open = new Set<Socket>();

	constructor() {
		this.#server = createServer((socket) => this.#converse(socket));
	}

	/** @param at a path for a unix socket, or 0 for a free port. */
	async listen(at: string | number = 0): Promise<this> {
		await new Promise<void>((resolve, reject) => {
			this.#server.once('error', reject);
			if (typeof at === 'string') this.#server.listen(at, resolve);
			else this.#server.listen(at, '127.0.0.1', resolve);
		});
		const bound = this.#server.address();
		this.address = typeof bound === 'string' ? bound : `127.0.0.1:${bound?.port}`;
		return this;
	}

	async close(): Promise<void> {
		for (const socket of this.#open) socket.destroy();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	#converse(socket: Socket): void {
		this.#open.add(socket);
		let received = Buffer.alloc(0);
		socket.on('error', () => undefined);
		socket.on('close', () => this.#open.delete(socket));
		socket.on('data', (part: Buffer) => {
			received = Buffer.concat([received, part]);
			const content = streamIn(received);
			if (content !== null) this.#answer(socket, content);
		});
	}

	#answer(socket: Socket, content: Buffer): void {
		this.seen.push(content);
		const found = [...this.signatures].find(([, text]) => content.includes(text))?.[0];
		const line = found ? `stream: ${found} FOUND\0` : 'stream: OK\0';
		if (this.mood === 'silent') return;
		if (this.mood === 'cut_off') socket.end(line.slice(0, -1));
		else if (this.mood === 'nonsense') socket.end('HTTP/1.1 200 OK\0');
		else if (this.mood === 'refuses_size') socket.end('INSTREAM size limit exceeded. ERROR\0');
		else socket.end(line);
	}
}

const COMMAND = Buffer.from('zINSTREAM\0');

/** The content of a whole stream; null while it has not ended. Throws for what no client may send. */
function streamIn(bytes: Buffer): Buffer | null {
	if (bytes.length < COMMAND.length) return null;
	if (!bytes.subarray(0, COMMAND.length).equals(COMMAND)) throw new Error('not INSTREAM');
	const pieces: Buffer[] = [];
	for (let at = COMMAND.length; at + 4 <= bytes.length; ) {
		const length = bytes.readUInt32BE(at);
		if (length === 0) return Buffer.concat(pieces);
		if (at + 4 + length > bytes.length) return null;
		pieces.push(bytes.subarray(at + 4, at + 4 + length));
		at += 4 + length;
	}
	return null;
}
