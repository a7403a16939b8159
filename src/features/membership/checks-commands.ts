import type { z } from 'zod';
import { commit } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import { addDays, addMonths } from '#core/dates.ts';
import { Invalid } from '#core/errors.ts';
import { allow, personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import type { coreCheckForm, insuranceCheckForm, ownInsuranceForm, recordCheckForm } from './checks-form.ts';
import { putCheck } from './checks-put.ts';
import { recordCoreProfession } from './commands.ts';
import type { MembershipHandlers } from './handlers.ts';
import { canKeepFile } from './people-policy.ts';

type OnChanged = Pick<MembershipHandlers, 'onChanged'>;

/** The office has looked up someone's registration with another body; the public entry says the same. @throws Forbidden, Invalid */
export function recordCoreCheck(ctx: Ctx, personId: string, input: z.output<typeof coreCheckForm>, handlers: OnChanged): void {
	allow(canKeepFile(ctx.actor, personId));
	const checkedOn = pastDay(ctx, input.checkedOn);
	const standing = input.outcome === 'confirmed' ? 'registered' : input.outcome;
	commit(ctx, { name: 'record a core registration' }, (tx) => {
		const known = prepared(tx.db.sql, 'SELECT from_on FROM core_profession WHERE person_id = ? AND body = ? AND to_on IS NULL').pluck();
		const fromOn = (known.get(personId, input.body) as string | undefined) ?? checkedOn;
		const { body, reference, how, validToOn, nextCheckOn } = input;
		recordCoreProfession(tx, personId, { body, reference, standing, checkedOn, fromOn }, { how, validToOn, nextCheckOn });
		handlers.onChanged(tx, personId);
	});
}

/** The office has seen someone's insurance, or failed to. @throws Forbidden, Invalid */
export function recordInsuranceCheck(ctx: Ctx, personId: string, input: z.output<typeof insuranceCheckForm>): void {
	allow(canKeepFile(ctx.actor, personId));
	const checkedOn = pastDay(ctx, input.checkedOn);
	if (input.outcome === 'confirmed' && input.validToOn === null) throw new Invalid('validToOn', 'Enter the last day that the insurance covers.');
	commit(ctx, { name: 'record insurance' }, (tx) => putCheck(tx, personId, { ...input, kind: 'insurance', reference: null, datedOn: null, checkedOn }));
}

/** The office has seen a record check: its type, its body and its date. @throws Forbidden, Invalid */
export function recordRecordCheck(ctx: Ctx, personId: string, input: z.output<typeof recordCheckForm>): void {
	allow(canKeepFile(ctx.actor, personId));
	const checkedOn = pastDay(ctx, input.checkedOn);
	if (input.outcome === 'confirmed' && input.datedOn === null) throw new Invalid('datedOn', 'Enter the day that the check bears.');
	if (input.datedOn !== null && input.datedOn > checkedOn) throw new Invalid('datedOn', 'This day is after the day you saw it.');
	commit(ctx, { name: 'record a record check' }, (tx) =>
		putCheck(tx, personId, { ...input, kind: 'record_check', reference: null, validToOn: null, checkedOn }),
	);
}

/** A member tells of their own insurance. It stands as told until the office has looked. Sent twice it is told once. @throws SignInRequired, Invalid */
export function declareInsurance(ctx: Ctx, input: z.output<typeof ownInsuranceForm>): void {
	const { personId } = personOf(ctx);
	const { validToOn } = input;
	if (validToOn === null || validToOn < ctx.today) throw new Invalid('validToOn', 'This day is past: tell us of the insurance that covers you now.');
	if (validToOn > addMonths(ctx.today, 60)) throw new Invalid('validToOn', 'Check the year: this is more than five years from now.');
	const same = `SELECT 1 FROM person_check WHERE person_id = ? AND kind = 'insurance' AND superseded_at IS NULL AND body = ? AND type = ? AND valid_to_on = ?`;
	if (prepared(ctx.db.sql, same).get(personId, input.body, input.type, validToOn)) return;
	commit(ctx, { name: 'tell of insurance' }, (tx) => {
		const told = { reference: null, datedOn: null, checkedOn: ctx.today, nextCheckOn: null, outcome: 'confirmed', how: 'declared' } as const;
		putCheck(tx, personId, { ...input, ...told, validToOn, kind: 'insurance' });
	});
}

function pastDay(ctx: Ctx, day: string | null): string {
	const checkedOn = day ?? ctx.today;
	if (checkedOn > ctx.today) throw new Invalid('checkedOn', 'This day has not come yet.');
	if (checkedOn < addDays(ctx.today, -3660)) throw new Invalid('checkedOn', 'Check the year: this is more than ten years ago.');
	return checkedOn;
}
