import { join } from 'node:path';
import { openDatabase } from '#db/client.ts';
import { migrate } from '#db/migrate.ts';
import { registrant } from '#tests/features/register/registrants.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { temporaryFolder } from '#tests/helpers/db.ts';
import { type Answer, get } from '#tests/helpers/html.ts';
import { startServer } from '#tests/helpers/server.ts';

export type RegisterSite = { origin: string; numbers: Record<string, string>; get(path: string): Promise<Answer>; stop(): Promise<void> };

/** The built site on 22 November 2026 with one person for every standing, and 45 called Manyson. */
export async function startRegisterSite(): Promise<RegisterSite> {
	const folder = temporaryFolder();
	const numbers = fill(join(folder.path, 'register.db'));
	const server = await startServer({ dataDir: folder.path, env: { DEMO: '1', DEMO_NOW: '2026-11-22T12:00:00Z' } });
	return {
		origin: server.origin,
		numbers,
		get: (path) => get(server.origin + path),
		async stop() {
			await server.stop();
			folder.remove();
		},
	};
}

function fill(file: string): Record<string, string> {
	const db = openDatabase(file);
	migrate(db.sql, 0);
	const ctx = testCtx(db, '2026-11-22');
	const numbers = Object.fromEntries(Object.entries(PEOPLE).map(([key, person]) => [key, registrant(ctx, person)]));
	for (let i = 0; i < 45; i++) registrant(ctx, { name: ['Ann', `Manyson${i}`] });
	db.sql.close();
	return numbers;
}

const order = { fromOn: '2026-08-01', publicText: 'They must work with a supervisor.' };
const PEOPLE: Record<string, Parameters<typeof registrant>[1]> = {
	accredited: {
		title: 'Dr',
		name: ['Siân', 'O’Neill'],
		formerName: { givenNames: 'Siân', familyName: 'Pryce', toOn: '2022-01-01', isShown: true },
		awards: [{}, { kind: 'adolescent' }],
	},
	conditions: { name: ['Connie', 'Limits'], orders: [{ ...order, kind: 'conditions' }] },
	interimConditions: { name: ['Ira', 'Holdon'], orders: [{ ...order, kind: 'interim_conditions' }] },
	interimSuspension: { name: ['Isa', 'Holdon'], orders: [{ ...order, kind: 'interim_suspension', publicText: '' }] },
	suspended: { name: ['Sam', 'Paused'], orders: [{ ...order, kind: 'suspension', toOn: '2027-01-31' }] },
	removed: { name: ['Rae', 'Moved'], orders: [{ ...order, kind: 'removal' }] },
	met: { name: ['Mel', 'Done'], orders: [{ ...order, kind: 'conditions', outcome: 'met', outcomeOn: '2026-10-01' }] },
	spent: {
		name: ['Val', 'Spent'],
		orders: [{ ...order, kind: 'suspension', fromOn: '2021-01-01', toOn: '2021-06-30', outcome: 'met', outcomeOn: '2021-06-30' }],
	},
	lapsed: { name: ['Lap', 'Soon'], membership: { paidToOn: '2026-03-31', endedOn: '2026-05-01', endReason: 'lapsed' } },
	left: { name: ['Lee', 'Gone'], membership: { endedOn: '2025-05-04', endReason: 'resigned' } },
	organisation: { name: ['Orla', 'Trust'], membership: { category: 'organisation' }, awards: [{ level: 'organisation' }] },
	unchecked: { name: ['Noa', 'Check'], core: 'could_not_check' },
};
