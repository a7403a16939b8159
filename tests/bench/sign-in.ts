import { join } from 'node:path';
import { commit } from '#core/commit.ts';
import { ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { hashPassword, openAccount } from '#features/accounts/index.ts';
import { readSettings } from '#settings';
import { type RunningServer, startServer } from '../helpers/server.ts';
import { environmentOf, type Place } from './environment.ts';
import { runLoad } from './programs.ts';
import { median } from './statistics.ts';

export type SignInOrder = Place & { addresses: string[]; rounds: number; say: (step: string) => void };
/** `idle`, `busy`: p99 of a search in ms, without and with people signing in; `signIns`: how many a second got in or were told to wait. */
export type SignInResult = { idle: number; busy: number; ratio: number; signedIn: number; toldToWait: number };

const AT_ONCE = 20;
const SEARCHES = 1500;
const PASSWORD = 'a long password for the bench';

/** Twenty people signing in at once, without a pause, while somebody searches: turn and turn about with nobody signing in. */
export async function measureSignIn(order: SignInOrder): Promise<SignInResult> {
	const mailboxes = await accountsIn(order);
	const server = await startServer({ dataDir: order.dataDir, env: { ...environmentOf(order), TRUSTED_PROXIES: '127.0.0.1,::1' } });
	const told = { signedIn: 0, toldToWait: 0 };
	const [idle, busy]: [number[], number[]] = [[], []];
	try {
		await search(server, order);
		for (let round = 1; round <= order.rounds; round += 1) {
			order.say(`signing in: round ${round} of ${order.rounds}`);
			idle.push(await search(server, order));
			const crowd = gather(server, mailboxes, told);
			busy.push(await search(server, order));
			await crowd.leave();
		}
	} finally {
		await server.stop();
	}
	return { idle: median(idle), busy: median(busy), ratio: median(busy.map((b, i) => b / (idle[i] ?? Number.NaN))), ...told };
}

/** One search after the other, as one person would ask. @returns p99 in ms. */
async function search(server: RunningServer, { addresses }: SignInOrder): Promise<number> {
	const port = Number(new URL(server.origin).port);
	const { p99 } = await runLoad({ port, addresses, requests: SEARCHES, connections: 1, acceptEncoding: 'identity' });
	return p99;
}

/** Twenty who sign in, each from an address of their own, again and again until they leave. */
function gather({ origin }: RunningServer, mailboxes: string[], told: { signedIn: number; toldToWait: number }): { leave(): Promise<unknown> } {
	let isOver = false;
	const one = async (email: string, i: number) => {
		for (let turn = 0; !isOver; turn += 1) {
			const headers = { origin, 'sec-fetch-site': 'same-origin', 'x-forwarded-for': `10.${i}.${turn >> 8}.${turn & 255}` };
			const body = new URLSearchParams({ email, password: PASSWORD });
			const { status } = await fetch(`${origin}/account/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });
			if (status === 303) told.signedIn += 1;
			else if (status === 429 || status === 503) told.toldToWait += 1;
			else throw new Error(`Signing in answered ${status}.`);
		}
	};
	const all = mailboxes.map(one);
	return { leave: () => ((isOver = true), Promise.all(all)) };
}

/** Accounts with a password for the first people of a register; kept from an earlier run. */
async function accountsIn({ dataDir, now }: Place): Promise<string[]> {
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'));
	const ctx = ctxFor({ db, keys: loadKeys(settings), settings }, { kind: 'system', name: 'bench' }, now);
	const people = db.sql.prepare('SELECT id FROM person ORDER BY id LIMIT ?').pluck().all(AT_ONCE) as string[];
	const mailboxes = people.map((_, i) => `bench-${i}@members.example`);
	const known = db.sql.prepare("SELECT count(*) FROM account WHERE email_key LIKE 'bench-%'").pluck().get();
	if (known !== AT_ONCE) {
		const hash = await hashPassword(ctx.keys, PASSWORD);
		commit(ctx, { name: 'bench' }, (tx) => people.map((id, i) => openAccount(tx, id, mailboxes[i] ?? '', hash)));
	}
	db.sql.close();
	return mailboxes;
}
