import { writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { buffer } from 'node:stream/consumers';

export type Encoding = 'identity' | 'br';

/** Finished pages by address, as they came over the wire, in base64. */
export type KeptPages = { encoding: Encoding; pages: Record<string, string> };

/** Asks a server for pages and keeps them in a file for `bytes.ts`. @returns the mean length of a page in bytes */
export async function keepPages(port: number, addresses: readonly string[], encoding: Encoding, file: string): Promise<number> {
	const pages: KeptPages['pages'] = {};
	let bytes = 0;
	for (const address of addresses) {
		const body = await rawPage(port, address, encoding);
		pages[address] = body.toString('base64');
		bytes += body.length;
	}
	writeFileSync(file, JSON.stringify({ encoding, pages } satisfies KeptPages));
	return bytes / addresses.length;
}

/** The body of a page as it comes over the wire. @throws Error when the answer is not 200 */
export function rawPage(port: number, address: string, encoding: Encoding): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const request = get({ port, host: '127.0.0.1', path: address, headers: { host: `localhost:${port}`, 'accept-encoding': encoding } }, (answer) => {
			if (answer.statusCode === 200) resolve(buffer(answer));
			else reject(new Error(`${address} gave ${answer.statusCode}.`));
		});
		request.on('error', reject);
	});
}
