import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Ctx, ctxFor } from '#core/ctx.ts';
import { loadKeys } from '#core/keys.ts';
import { openDatabase } from '#db/client.ts';
import { drawSample } from '#features/accreditation/draw-sample.ts';
import { upkeep } from '#features/accreditation/index.ts';
import { RENEWAL_LISTS } from '#features/accreditation/renewal-queue.ts';
import { readSettings } from '#settings';
import type { Part, Row } from './part.ts';
import { REGISTER_NOW } from './registers.ts';
import { median } from './statistics.ts';
import { readyUpkeepRegister } from './upkeep-register.ts';
import { type Spread, saySpread, spreadOf, timed, type Visit, visitingAs } from './visits.ts';

const PERCENT = 15;
const VISITS = 500;

/** Re-accreditations and CPD audits: their queues, a draw, and the nightly check. */
export const upkeepPart: Part = {
	name: 'upkeep',
	says: 'queues of re-accreditations and audits, the draw of a sample, the nightly check',
	async run({ folder, buildDir, isQuick, say }) {
		const size = isQuick ? { eligible: 2000, renewals: 500, audits: 300 } : { eligible: 20_000, renewals: 5000, audits: 3000 };
		const { dataDir, people } = readyUpkeepRegister(folder, size);
		say('upkeep: over HTTP');
		const { renewals, audits } = await visitingAs({ dataDir, buildDir, person: people.officer }, async (visit) => ({
			renewals: await queue(visit, '/office/renewals', RENEWAL_LISTS),
			audits: await queue(visit, '/office/cpd-audits', upkeep.AUDIT_LISTS),
		}));
		say('upkeep: drawing a sample, checking all');
		const { drawn, draw, check } = inACopy(folder, dataDir, people.officer, (ctx) => ({ ...drawnIn(ctx), check: checkAll(ctx) }));
		const all = `${size.renewals.toLocaleString('en-GB')} re-accreditations`;
		return [
			queueRow(`Queue of re-accreditations, whole page over HTTP, ${all}: p99 (p50)`, renewals),
			queueRow(`Queue of CPD audits, whole page over HTTP, ${size.audits.toLocaleString('en-GB')}: p99 (p50)`, audits),
			draw,
			growthRow(),
			{
				what: `Nightly check of ${all} and ${(size.audits + drawn).toLocaleString('en-GB')} audits against their steps`,
				goal: '< 60 s, no difference',
				measured: `${check.seconds.toFixed(1)} s, ${check.differences} differences`,
				isMet: check.seconds < 60 && check.differences === 0,
			},
		];
	},
};

/** Each list of a queue in turn, and its second page. */
async function queue(visit: Visit, path: string, lists: readonly string[]): Promise<Spread> {
	const pages = Array.from({ length: VISITS }, (_, i) => `${path}?list=${lists[i % lists.length]}${i % 3 === 0 ? '&page=2' : ''}`);
	await visit(pages.slice(0, VISITS / 5));
	return spreadOf(await visit(pages));
}

function queueRow(what: string, spread: Spread): Row {
	return { what, goal: '< 30 ms', measured: saySpread(spread), isMet: spread.p99 < 30 };
}

/** In a copy: what is drawn once in a year could not be drawn again. */
function inACopy<T>(folder: string, from: string, officer: string, work: (ctx: Ctx) => T): T {
	const dataDir = join(folder, 'upkeep-copy');
	rmSync(dataDir, { recursive: true, force: true });
	mkdirSync(dataDir);
	copyFileSync(join(from, 'register.db'), join(dataDir, 'register.db'));
	const settings = readSettings({ DATA_DIR: dataDir });
	const db = openDatabase(join(dataDir, 'register.db'));
	const actor = { kind: 'person', personId: officer, accountId: '', roles: ['membership_officer'], level: 2, provedAt: 0 } as const;
	try {
		return work(ctxFor({ db, keys: loadKeys(settings), settings }, actor, REGISTER_NOW));
	} finally {
		db.sql.close();
		rmSync(dataDir, { recursive: true, force: true });
	}
}

/** The whole draw in one transaction: who can be drawn, the lots, an audit for each, the audit trail. */
function drawnIn(ctx: Ctx): { drawn: number; draw: Row } {
	let result = { eligible: 0, drawn: 0 };
	const seconds = timed(() => (result = upkeep.drawAudits(ctx, { percent: PERCENT }))) / 1000;
	const { eligible, drawn } = result;
	const what = `Audits drawn among ${eligible.toLocaleString('en-GB')} who can be drawn, ${drawn.toLocaleString('en-GB')} opened, in one transaction`;
	return { drawn, draw: { what, goal: '< 5 s', measured: `${seconds.toFixed(1)} s`, isMet: seconds < 5 } };
}

/** The lots alone: a sum for each number, and sorting. */
function growthRow(): Row {
	const among = (count: number) => {
		const numbers = Array.from({ length: count }, (_, i) => `IPT-${i}`);
		return median(Array.from({ length: 15 }, () => timed(() => drawSample('a seed for the bench', numbers, PERCENT))));
	};
	const [few, many] = [among(2000), among(20_000)];
	const measured = `${(many / few).toFixed(1)} × (${few.toFixed(1)} ms → ${many.toFixed(1)} ms)`;
	return { what: 'The lots alone, 2,000 → 20,000', goal: '≤ 20 ×', measured, isMet: many / few <= 20 };
}

function checkAll(ctx: Ctx): { seconds: number; differences: number } {
	let differences = 0;
	const seconds = timed(() => {
		const { audits, renewals } = upkeep.checkUpkeep(ctx);
		differences = audits.differences.length + renewals.differences.length;
	});
	return { seconds: seconds / 1000, differences };
}
