import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Ctx } from '#core/ctx.ts';
import { addDays } from '#core/dates.ts';
import type { Role } from '#core/roles.ts';
import type { Db } from '#db/client.ts';
import { ON_SETTLED, upkeep } from '#features/accreditation/index.ts';
import { confirmBatch, drawRenewals } from '#features/accreditation/renewal-office-commands.ts';
import { submitRenewal } from '#features/accreditation/renewal-own-commands.ts';
import { renewalQueue } from '#features/accreditation/renewal-queue.ts';
import { renewalRules } from '#features/accreditation/renewal-rules.ts';
import { renewalOf } from '#features/accreditation/renewal-step.ts';
import { tendRenewals } from '#features/accreditation/renewal-tend-commands.ts';
import { invoiceFor, recordOfflinePayment, voidByOffice } from '#features/payments/index.ts';
import { factsOf, registerRules, registerStatus } from '#features/register/index.ts';
import { testCtx } from '#tests/helpers/ctx.ts';
import { emptyRegister, temporaryFolder } from '#tests/helpers/db.ts';
import { accreditedMember, as, askNobody, colleague, supervises } from '#tests/helpers/upkeep.ts';

const TODAY = '2026-11-23';
const DUE = '2027-02-28';
let folder: ReturnType<typeof temporaryFolder>;
let db: Db;
let ctx: Ctx;
let officer: string;
beforeEach(() => {
	folder = temporaryFolder();
	db = emptyRegister(folder.path);
	ctx = testCtx(db, TODAY);
	officer = colleague(db, 'Olive', 'membership_officer');
	askNobody(db, TODAY, 6000);
});
afterEach(() => {
	db.sql.close();
	folder.remove();
});

const who = (person: string, day: string, ...roles: Role[]) => as(ctx, person, roles, day);
const office = (day = TODAY) => who(officer, day, 'membership_officer');
const standing = (person: string, day = TODAY) => {
	const found = renewalOf(testCtx(db, day), person);
	if (!found) throw new Error('none');
	return found;
};
const invoice = (person: string) => invoiceFor(ctx, 'application', standing(person).renewal.id);
const listed = (list: Parameters<typeof renewalQueue>[1]) => renewalQueue(office(), list, 1).lines.map(({ reference, steps }) => `${reference}:${steps}`);

async function sent(name: string): Promise<string> {
	const person = accreditedMember(db, name, [{ fromOn: '2026-03-01', toOn: DUE }], TODAY);
	supervises(db, colleague(db, `Sup${name}`, 'assessor'), person, '2026-10-01');
	await tendRenewals(ctx);
	const { declaration: declare } = renewalRules(db, TODAY);
	submitRenewal(who(person, TODAY, 'member'), { seen: standing(person).seen, practises: 'yes', practice: 'Two days a week.', declare });
	return person;
}
/** Of two that were sent, the one that was not drawn. */
async function green(): Promise<string> {
	const people = [await sent('Ann'), await sent('Bea')];
	drawRenewals(office());
	return people.find((person) => !standing(person).state.isSampled) as string;
}
function pay(person: string, day = TODAY): void {
	const row = invoice(person);
	const payment = { invoiceId: row?.id ?? '', way: 'bank_transfer' as const, reference: 'R', pence: 6000, receivedOn: day, repeatKey: person };
	recordOfflinePayment(who(colleague(db, 'Fin', 'finance'), day, 'finance'), payment, ON_SETTLED);
}

test('sending it raises the invoice, once; it counts as sent and is drawn, and is confirmed once it is paid', async () => {
	const person = await green();
	expect(invoice(person)).toMatchObject({ totalPence: 6000, isSettled: false });
	expect(db.sql.prepare('SELECT label FROM invoice_line WHERE invoice_id = ?').pluck().all(invoice(person)?.id)).toEqual(['Re-accreditation']);
	const { renewal, seen } = standing(person);
	const chosen = [`${renewal.reference}:${seen}`];
	expect([listed('green'), listed('fee')]).toEqual([[], chosen]);
	expect(() => confirmBatch(office(), { chosen })).toThrow('has not been paid yet');
	pay(person);
	expect([listed('green'), listed('fee')]).toEqual([chosen, []]);
	expect(db.sql.prepare("SELECT subject_id FROM audit_event WHERE kind = 'renewal.fee_paid'").pluck().all()).toEqual([renewal.id]);
	confirmBatch(office(), { chosen });
	expect(standing(person).phase).toBe('confirmed');
});

test('waived by finance, it is confirmed without', async () => {
	const person = await green();
	const finance = who(colleague(db, 'Fin', 'finance'), TODAY, 'finance');
	const found = invoice(person);
	voidByOffice(finance, found?.number ?? '', found?.version ?? 0, 'Long illness.');
	expect(listed('green')).toHaveLength(1);
	expect(upkeep.ownRenewal(who(person, TODAY, 'member')).fee.state).toBe('waived');
	expect(confirmBatch(office(), { chosen: listed('green') })).toBe(1);
});

test('who has not paid is told once in time, and is not kept on; paid late, it comes back', async () => {
	const person = await green();
	const status = (day: string) => registerStatus(factsOf(db, person) as never, day, registerRules(db, day));
	for (const days of [45, 47, 50, 62]) await tendRenewals(testCtx(db, addDays(DUE, days)));
	const told = db.sql
		.prepare("SELECT count(*) FROM outbox WHERE kind = 'renewal.unpaid' AND dedupe_key LIKE '%' || ? || '%'")
		.pluck()
		.get(standing(person).renewal.id);
	expect([told, standing(person).state.dueOn]).toEqual([1, DUE]);
	expect([60, 61].map((days) => status(addDays(DUE, days)).standing)).toEqual(['accredited', 'lapsed']);
	const back = addDays(DUE, 80);
	pay(person, back);
	const { renewal, seen } = standing(person, back);
	confirmBatch(office(back), { chosen: [`${renewal.reference}:${seen}`] });
	expect(status(back)).toMatchObject({ standing: 'accredited', accreditedSinceOn: '2026-03-01', reinstatedOn: back });
});

test('a route without a fee raises no invoice', async () => {
	askNobody(db, TODAY);
	const person = await sent('Free');
	expect([invoice(person), upkeep.ownRenewal(who(person, TODAY, 'member')).fee.state]).toEqual([null, 'none']);
});
