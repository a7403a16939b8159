import { parse } from 'csv-parse/sync';
import { getDocument, VerbosityLevel } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import {
	activityForm,
	changeEntry,
	confirmSessions,
	cpdYearsOf,
	declaredYears,
	declareYear,
	deleteEntry,
	deleteSupervision,
	draftsOf,
	exportPortfolio,
	isAsDeclared,
	logActivity,
	logSupervision,
	ownYear,
	waitingIn,
	yearToDeclare,
} from '#features/cpd/index.ts';
import { portfolioOf } from '#features/cpd/portfolio-content.ts';
import { portfolioCsv } from '#features/cpd/portfolio-csv.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { asOn, TYPED } from './members.ts';
import { agreed, aRegistrant, session } from './supervised.ts';

type Someone = ReturnType<typeof aRegistrant>;
let folder: ReturnType<typeof temporaryFolder>;
let system: Ctx;
let tess: Someone;
let sue: Someone;
/** A day after the CPD year 2025/26 was over. */
let ann: Ctx;
let relation: string;
const YEAR = '2025-04-01';

beforeEach(() => {
	folder = temporaryFolder();
	system = testCtx(emptyRegister(folder.path), '2026-05-02');
	[tess, sue] = [aRegistrant(system, 'Tess'), aRegistrant(system, 'Sue')];
	ann = tess.ctx;
	relation = agreed(tess, sue, '2025-01-01');
});
afterEach(() => {
	system.db.sql.close();
	folder.remove();
});

let keys = 0;
function log(changes: Record<string, string> = {}): string {
	keys += 1;
	return logActivity(ann, activityForm(ann.today, true).parse({ ...TYPED, on: '2026-02-03', isIpt: 'yes', repeatKey: `key-number-${keys}`, ...changes }));
}
const shown = () => ownYear(ann, YEAR)?.digest ?? '';
const declare = (changes: Record<string, string> = {}) =>
	declareYear(ann, { year: YEAR, digest: shown(), explanation: 'Parental leave, I will catch up', agreed: true, ...changes });
const status = (act: () => unknown): unknown => {
	try {
		act();
	} catch (error) {
		return (error as { status?: number }).status ?? error;
	}
	return 'done';
};

describe('declaring a CPD year', () => {
	test('is offered for the oldest year that is over, and for none that runs', () => {
		expect(cpdYearsOf(ann)[0]).toEqual({ fromOn: '2026-04-01', toOn: '2027-03-31' });
		expect(yearToDeclare(ann)).toEqual({ fromOn: '2019-04-01', toOn: '2020-03-31' });
		expect(status(() => declareYear(ann, { year: '2026-04-01', digest: '', explanation: '', agreed: true }))).toBe(409);
		expect(status(() => declareYear(ann, { year: '2025-05-01', digest: '', explanation: '', agreed: true }))).toBe(404);
	});

	test('asks for a word when something is missing, and for the log that was shown', () => {
		expect(() => declare({ explanation: '' })).toThrowError(expect.objectContaining({ status: 422, field: 'explanation' }));
		const digest = shown();
		log();
		expect(status(() => declare({ digest }))).toBe(409);
		declare();
		declare({ digest });
		expect(declaredYears(system.db, tess.id)).toMatchObject([
			{ fromOn: YEAR, isMet: false, explanation: 'Parental leave, I will catch up', rulesVersion: '2026-1' },
		]);
		expect(system.db.sql.prepare("SELECT count(*) FROM audit_event WHERE kind = 'cpd.year_declared'").pluck().get()).toBe(1);
	});

	test('fixes what the year holds, in the program and in the database; the digest in the audit proves it', () => {
		const key = log();
		const held = logSupervision(ann, session(relation, { heldOn: '2026-03-01' }));
		declare();
		const entry = activityForm(ann.today, true).parse({ ...TYPED, on: '2026-02-03', title: 'Other', version: '1' });
		expect(status(() => changeEntry(ann, key, entry))).toBe(409);
		expect(status(() => deleteEntry(ann, key, 1))).toBe(409);
		expect(status(() => deleteSupervision(ann, held, 1))).toBe(409);
		expect(status(() => logSupervision(ann, session(relation, { heldOn: '2026-03-31' })))).toBe(409);
		expect(status(log)).toBe(409);
		const { sql } = system.db;
		for (const text of [
			"UPDATE cpd_entry SET title = 'Other'",
			'UPDATE cpd_entry SET frozen_at = NULL',
			'DELETE FROM cpd_entry',
			'UPDATE supervision_entry SET minutes = 600',
			'DELETE FROM supervision_entry',
			"INSERT INTO supervision_entry SELECT 'x', person_id, relation_id, 0, held_on, 1, 1, 'individual', NULL, mode, material, '', NULL, NULL, NULL, NULL, NULL, 'y', 1, 1, 1 FROM supervision_entry",
			'UPDATE cpd_year SET is_met = 1',
			'DELETE FROM cpd_year',
		])
			expect(() => sql.prepare(text).run(), text).toThrow(/declared|kept|never changed/);
		const [year] = declaredYears(system.db, tess.id);
		const told = JSON.parse(sql.prepare("SELECT data FROM audit_event WHERE kind = 'cpd.year_declared'").pluck().get() as string) as { digest: string };
		expect(year && [told.digest, isAsDeclared(system.db, tess.id, year)]).toEqual([year?.digest, true]);
		sql.exec('DROP TRIGGER cpd_entry_year_update');
		sql.prepare('UPDATE cpd_entry SET minutes = minutes + 1').run();
		expect(year && isAsDeclared(system.db, tess.id, year)).toBe(false);
	});

	test('lets the supervisor still confirm, and the next year go on', () => {
		const held = logSupervision(ann, session(relation, { heldOn: '2026-03-01' }));
		declare();
		confirmSessions(
			sue.ctx,
			relation,
			waitingIn(system.db, relation).map(({ id, version }) => ({ id, version, dispute: null })),
		);
		expect(portfolioOf(ann, YEAR).sessions).toMatchObject([{ id: held, state: 'confirmed', isFrozen: true }]);
		const [year] = declaredYears(system.db, tess.id);
		expect(year && isAsDeclared(system.db, tess.id, year)).toBe(true);
		expect(status(() => log({ on: '2026-05-01' }))).toBe('done');
	});

	test('carries nothing over: drafts stay drafts and cannot slip in later, what is over or missing says so', () => {
		const draft = log({ as: 'draft', title: 'Half written' });
		for (const day of ['02', '03']) log({ on: `2026-02-${day}`, long: '15.5' });
		const before = ownYear(ann, YEAR);
		expect(before?.drafts).toBe(1);
		expect(before?.figures.find(({ title }) => title === 'CPD in all')).toEqual({ title: 'CPD in all', needed: '30', have: '31', missing: '0', over: '1' });
		expect(before?.verdict).toMatch(/^Not met in this year: .*Supervision received/);
		declare();
		const finished = activityForm(ann.today, true).parse({ ...TYPED, on: '2026-02-03', version: '1' });
		expect(status(() => changeEntry(ann, draft, finished))).toBe(409);
		expect(draftsOf(ann, tess.id)).toHaveLength(1);
		expect(ownYear(ann, '2026-04-01')?.figures.find(({ title }) => title === 'CPD in all')?.have).toBe('0');
	});

	test('goes along when two files turn out to be of one person, and only then', () => {
		log();
		logSupervision(ann, session(relation, { heldOn: '2026-03-01' }));
		declare();
		const { sql } = system.db;
		const move = (table: string) => () => sql.prepare(`UPDATE ${table} SET person_id = ?`).run(sue.id);
		for (const table of ['cpd_year', 'cpd_entry']) expect(move(table), table).toThrow();
		sql.prepare("INSERT INTO person_merge (loser_id, winner_id, merged_at, merged_by, reason) VALUES (?, ?, 0, 'x', 'x')").run(tess.id, sue.id);
		for (const table of ['cpd_year', 'cpd_entry']) expect(move(table), table).not.toThrow();
	});
});

describe('the portfolio', () => {
	beforeEach(() => {
		log({ title: '=HYPERLINK("http://evil.example")', learned: '+44 learned', changed: '@changed', effect: '-effect' });
		logSupervision(ann, session(relation, { heldOn: '2026-03-01', kind: 'group', size: '4', note: '=1+1' }));
	});

	test('as a table holds every entry, and nothing in it is a formula', () => {
		const text = portfolioCsv(portfolioOf(ann, YEAR));
		expect(text.startsWith('\ufeff')).toBe(true);
		const rows = parse(text, { bom: true, columns: true }) as Record<string, string>[];
		expect(rows.map((row) => [row.log, row.day, row.hours])).toEqual([
			['CPD', '2026-02-03', '2.5'],
			['Supervision', '2026-03-01', '0.25'],
		]);
		for (const cell of rows.flatMap((row) => Object.values(row))) expect(cell).not.toMatch(/^[=+@-]/);
	});

	test('as a document is tagged, in order, and says what it is', async () => {
		declare();
		const { content, name, type } = await exportPortfolio(ann, { year: YEAR, as: 'pdf' });
		expect([name, type]).toEqual(['cpd-portfolio-2025-04-01.pdf', 'application/pdf']);
		const pdf = await getDocument({ data: new Uint8Array(content), verbosity: VerbosityLevel.ERRORS }).promise;
		expect(JSON.stringify([...((await pdf.getMarkInfo()) as unknown as Map<string, boolean>)])).toContain('["Marked",true]');
		const pages = await Promise.all(Array.from({ length: pdf.numPages }, (_, i) => pdf.getPage(i + 1).then((page) => page.getTextContent())));
		const words = pages.flatMap(({ items }) => items.map((item) => ('str' in item ? item.str : ''))).join(' ');
		for (const said of [
			'CPD portfolio',
			'Tess Example',
			tess.number,
			declaredYears(system.db, tess.id)[0]?.digest ?? '',
			'Sue Example',
			'Supervision received',
		])
			expect(words.replace(/\s+/g, ''), said).toContain(said.replace(/\s+/g, ''));
	});

	test('is one’s own only, needs a recent proof, and every copy is noted', async () => {
		await exportPortfolio(ann, { year: YEAR, as: 'csv' });
		const events = system.db.sql.prepare("SELECT subject_id, data FROM audit_event WHERE kind = 'cpd.portfolio_exported'").all();
		expect(events).toEqual([{ subject_id: tess.id, data: JSON.stringify({ year: YEAR, as: 'csv', entries: 1, sessions: 1 }) }]);
		const other = await exportPortfolio(sue.ctx, { year: YEAR, as: 'csv' });
		expect(new TextDecoder().decode(other.content).trim().split('\n')).toHaveLength(1);
		const late: Ctx = { ...ann, now: ann.now + 21 * 60_000 };
		await expect(exportPortfolio(late, { year: YEAR, as: 'csv' })).rejects.toMatchObject({ status: 303 });
		await expect(exportPortfolio(asOn(ann, '2026-05-02'), { year: '1999-04-01', as: 'csv' })).rejects.toMatchObject({ status: 404 });
	});
});
