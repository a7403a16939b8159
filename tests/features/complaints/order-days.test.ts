import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import { orderCare } from '#features/complaints/index.ts';
import { proposeEnd, settleEnd } from '#features/complaints/order-end.ts';
import { orderRulesOn } from '#features/complaints/order-rules.ts';
import { rulesOn } from '#features/complaints/rules.ts';
import { type OrderKind, registerEntry, registerRules } from '#features/register/index.ts';
import { onDay } from '#tests/helpers/application.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { decidedCase, disclosedCase, interimCase, type OrderCase, published, seen, step } from '#tests/helpers/sanctions.ts';

let ctx: Ctx;
const TODAY = '2026-11-23';
const FREE = '2026-12-22';

beforeEach(() => {
	const folder = temporaryFolder();
	onTestFinished(folder.remove);
	ctx = testCtx(emptyRegister(folder.path), TODAY);
	onTestFinished(() => void ctx.db.sql.close());
});

const end = (made: OrderCase, key: string, kind: 'met' | 'not_met', day: string) => {
	proposeEnd(onDay(made.writer.ctx, day), made.reference, key, { seen: seen(made), kind, reasons: 'Seen.' });
	settleEnd(onDay(made.owner.ctx, day), made.reference, key, { seen: seen(made), result: 'agreed' });
};

/** Notices on the last day on which one is told, and on the next: one, and none; on the entry and in the public list alike. */
function goesAfter(number: string, last: string): void {
	const shown = (day: string) => [
		registerEntry(onDay(ctx, day), number)?.status.notices.length,
		orderCare.publicNotices(onDay(ctx, day), 1).lines.filter((one) => one.number === number).length,
	];
	expect([shown(last), shown(addDays(last, 1))]).toEqual([
		[1, 1],
		[0, 0],
	]);
}

const award = (id: string) => ctx.db.sql.prepare('SELECT id FROM award WHERE person_id = ?').pluck().get(id) as string;

test.each<[OrderKind, number | null, 'met' | 'not_met' | null, string]>([
	['warning', 12, null, '2027-12-21'],
	['warning', 60, 'met', '2031-12-21'],
	['conditions', 12, null, '2028-06-21'],
	['conditions', 12, 'met', '2027-07-31'],
	['conditions', 12, 'not_met', '2032-01-31'],
	['suspension', 6, null, '2027-12-21'],
	['suspension', 6, 'met', '2027-07-31'],
	['suspension', 6, 'not_met', '2032-01-31'],
	['removal', null, null, '2031-12-22'],
	['voluntary_removal', null, null, '2031-12-22'],
	['award_withdrawn', null, 'met', '2027-07-31'],
])('a %s of %s months that ended as %s is shown until %s and not a day longer', (kind, months, how, last) => {
	const made = decidedCase(ctx, [{ kind, months }]);
	const key = published(made, FREE, { award: kind === 'award_withdrawn' ? award(made.therapist.id) : null });
	if (how !== null) end(made, key, how, '2027-01-31');
	goesAfter(made.number, last);
});

test('undertakings are shown for six months after their end, interim orders not a day', () => {
	const settled = disclosedCase(ctx);
	step(ctx, settled.id, 'resolution_begun', {}, { side: 'office', personId: settled.owner.id });
	const no = step(ctx, settled.id, 'resolution_agreed', {}, { side: 'office', personId: settled.owner.id });
	published({ ...settled, step: no }, TODAY, { months: 12 });
	goesAfter(settled.number, '2028-05-22');
	for (const kind of ['interim_suspension', 'interim_conditions'] as const) {
		const made = interimCase(ctx, kind, 6);
		published(made, TODAY, { words: kind === 'interim_suspension' ? '' : 'They see no new clients.', check: false });
		goesAfter(made.number, '2027-05-22');
	}
});

test('nothing is ever shown of a case without a sanction, and a correction for six months', () => {
	const none = decidedCase(ctx, []);
	expect(orderCare.caseOrders(none.owner.ctx, none.reference)).toEqual([]);
	const made = decidedCase(ctx, [{ kind: 'suspension', months: 12 }]);
	published(made, FREE);
	step(onDay(ctx, '2027-01-10'), made.id, 'appealed', {}, { side: 'respondent', personId: null });
	step(onDay(ctx, '2027-02-10'), made.id, 'appeal_decided', { result: 'quashed', to: 'hearing' });
	const corrections = (day: string) => orderCare.publicCorrections(onDay(ctx, day)).map((one) => [one.number, one.label, one.correctedOn]);
	expect(corrections('2027-02-09')).toEqual([]);
	for (const day of ['2027-02-10', '2027-08-09']) expect(corrections(day)).toEqual([[made.number, 'Suspension', '2027-02-10']]);
	expect(corrections('2027-08-10')).toEqual([]);
	expect(orderCare.publicNotice(onDay(ctx, '2027-03-01'), made.number, `suspension-${FREE}`)).toMatchObject({
		notice: null,
		correction: { correctedOn: '2027-02-10' },
	});
	expect(orderCare.publicNotice(onDay(ctx, '2027-08-10'), made.number, `suspension-${FREE}`)).toBeNull();
	expect(registerEntry(onDay(ctx, TODAY), none.number)?.status.notices).toEqual([]);
});

test('the register and the rules of concerns say the same of how long something is shown, and every kind says whether an appeal holds it', () => {
	const { rules } = rulesOn(ctx.db, TODAY);
	const { metShownMonths, notMetShownYears, removalShownYears } = registerRules(ctx.db, TODAY);
	expect([rules.showMetMonths, rules.showNotMetMonths, rules.showRemovedMonths]).toEqual([metShownMonths, notMetShownYears * 12, removalShownYears * 12]);
	const held = Object.entries(orderRulesOn(ctx.db, TODAY).heldByAppeal).filter(([, is]) => !is);
	expect(held.map(([kind]) => kind).sort()).toEqual(['interim_conditions', 'interim_suspension', 'undertakings']);
});
