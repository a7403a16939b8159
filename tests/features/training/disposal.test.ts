import { expect, test } from 'vitest';
import { DISPOSALS } from '#db/disposal.ts';
import { PERSONAL_TABLES } from '#db/personal-data.ts';
import { askToSign, ownCase, rateRecording, signReport } from '#features/training/index.ts';
import { registerIn } from '#tests/helpers/register-in.ts';
import { agreed, aRegistrant } from '../cpd/supervised.ts';
import { aCase, rating, report } from './records.ts';

const OURS = /^(training_|course|supervision_)/;

test('a destruction takes a trainee’s records whole and in order, and leaves another’s; without one nothing lets go', () => {
	const { ctx, close } = registerIn('2026-11-22');
	const [tess, tom, sue] = [aRegistrant(ctx, 'Tess'), aRegistrant(ctx, 'Tom'), aRegistrant(ctx, 'Sue')];
	const [hers, his] = [tess, tom].map((trainee) => {
		const code = aCase(trainee, agreed(trainee, sue));
		rateRecording(sue.ctx, code, rating(sue.ctx, '2026-02-02'));
		askToSign(trainee.ctx, code);
		signReport(sue.ctx, code, report(sue.ctx));
		signReport(sue.ctx, code, report(sue.ctx, { reason: 'Better words.' }));
		return code;
	}) as [string, string];
	const { sql } = ctx.db;
	const of = (table: string, erases?: string) => erases ?? PERSONAL_TABLES.find((row) => row.table === table)?.where ?? '0';
	const erase = () => {
		for (const { table, how, erases } of DISPOSALS.filter((row) => OURS.test(row.table) && row.how === 'delete'))
			if (how === 'delete') sql.prepare(`DELETE FROM "${table}" WHERE ${of(table, erases)}`).run({ person: tess.id });
	};
	expect(erase).toThrow(/never deleted|kept/);
	sql.transaction(() => {
		sql.prepare('INSERT INTO destruction_open (only) VALUES (1)').run();
		erase();
		sql.prepare('DELETE FROM destruction_open').run();
	})();
	expect(sql.prepare('SELECT code FROM training_case').pluck().all()).toEqual([his]);
	expect(sql.prepare('SELECT count(*) FROM training_report').pluck().get()).toBe(2);
	expect(ownCase(tom.ctx, his)).toMatchObject({ decision: 'passed' });
	expect(() => ownCase(tess.ctx, hers)).toThrow('no such case');
	expect(sql.pragma('foreign_key_check')).toEqual([]);
	close();
});
