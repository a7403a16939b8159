/** What the gates and the page cache need of a request's headers. */
export type RequestHead = {
	host: string | null;
	/** How many Host headers came: anything but one is refused. */
	hosts: number;
	hasCookie: boolean;
	hasBody: boolean;
	acceptEncoding: string;
	ifNoneMatch: string;
};

/**
 * Reads the headers in one pass over Node's raw list (name, value, name, value …). Node's own `req.headers` object costs
 * more than answering a cached page, and keeps only the first of two Host headers.
 */
export function readHead(raw: readonly string[]): RequestHead {
	const head: RequestHead = { host: null, hosts: 0, hasCookie: false, hasBody: false, acceptEncoding: '', ifNoneMatch: '' };
	for (let i = 0; i < raw.length; i += 2) {
		const name = raw[i] as string;
		if (!INTERESTING_LENGTHS.has(name.length)) continue;
		READERS[name.toLowerCase()]?.(head, raw[i + 1] as string);
	}
	return head;
}

const READERS: Record<string, (head: RequestHead, value: string) => void> = {
	__proto__: null as never,
	host: (head, value) => {
		head.hosts += 1;
		head.host = value.toLowerCase();
	},
	cookie: (head) => {
		head.hasCookie = true;
	},
	authorization: (head) => {
		head.hasCookie = true;
	},
	'accept-encoding': (head, value) => {
		head.acceptEncoding = value;
	},
	'if-none-match': (head, value) => {
		head.ifNoneMatch = value;
	},
	'content-length': (head, value) => {
		if (value !== '0') head.hasBody = true;
	},
	'transfer-encoding': (head) => {
		head.hasBody = true;
	},
};

const INTERESTING_LENGTHS = new Set(Object.keys(READERS).map((name) => name.length));
