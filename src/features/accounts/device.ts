import type { Tx } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { hashToken, newId, newToken } from '#core/ids.ts';
import { prepared } from '#db/prepared.ts';
import { type Cookies, readCookie, setCookie } from './cookies.ts';

/** The browser of a request: its cookies, and a word for it such as "Firefox on Windows". */
export type Browser = { cookies: Cookies; label: string };

const YEAR_SECONDS = 365 * 86_400;

/** The browser of a page. */
export function browserOf(page: { cookies: Cookies; request: Request }): Browser {
	return { cookies: page.cookies, label: labelOf(page.request.headers.get('user-agent') ?? '') };
}

/** The key of this browser if its owner signed in to this account with it before, or null. */
export function knownDevice(ctx: Ctx, cookies: Cookies, accountId: string | null): string | null {
	const token = readCookie(ctx, cookies, 'device');
	if (!token || accountId === null) return null;
	const text = 'SELECT id FROM device WHERE token_hash = ? AND account_id = ?';
	return (prepared(ctx.db.sql, text).pluck().get(hashToken(token), accountId) as string | undefined) ?? null;
}

/** Notes that the owner signed in with this browser, and gives a new one its cookie. Joins a transaction. @returns its key. */
export function rememberDevice(tx: Tx, browser: Browser, accountId: string): string {
	const { ctx } = tx;
	const known = knownDevice(ctx, browser.cookies, accountId);
	if (known) {
		prepared(tx.db.sql, 'UPDATE device SET last_seen_at = ?, label = ? WHERE id = ?').run(ctx.now, browser.label, known);
		return known;
	}
	const id = newId();
	const token = newToken();
	const text = 'INSERT INTO device (id, token_hash, account_id, label, first_seen_at, last_seen_at) VALUES (?, ?, ?, ?, ?, ?)';
	prepared(tx.db.sql, text).run(id, hashToken(token), accountId, browser.label, ctx.now, ctx.now);
	setCookie(ctx, browser.cookies, 'device', token, YEAR_SECONDS);
	return id;
}

/** Has the owner signed in with any browser before? */
export function hasDevices(ctx: Ctx, accountId: string): boolean {
	return prepared(ctx.db.sql, 'SELECT 1 FROM device WHERE account_id = ?').get(accountId) !== undefined;
}

const BROWSERS: [RegExp, string][] = [
	[/Edg(e|A|iOS)?\//, 'Edge'],
	[/OPR\/|Opera/, 'Opera'],
	[/SamsungBrowser\//, 'Samsung Internet'],
	[/Firefox\/|FxiOS\//, 'Firefox'],
	[/Chrome\/|CriOS\//, 'Chrome'],
	[/Safari\//, 'Safari'],
];
const MACHINES: [RegExp, string][] = [
	[/iPhone/, 'iPhone'],
	[/iPad/, 'iPad'],
	[/Android/, 'Android'],
	[/Windows/, 'Windows'],
	[/Macintosh|Mac OS X/, 'Mac'],
	[/CrOS/, 'Chromebook'],
	[/Linux/, 'Linux'],
];

/** A browser in two words that its owner recognises; nothing finer is kept. */
export function labelOf(userAgent: string): string {
	const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'A browser';
	const machine = MACHINES.find(([pattern]) => pattern.test(userAgent))?.[1];
	return machine ? `${browser} on ${machine}` : browser;
}
