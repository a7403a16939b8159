import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { isTicked, line } from '#core/fields.ts';
import { personOf } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { withdrawChange } from './change-request-commands.ts';
import { type ChangeView, ownChanges } from './change-request-queries.ts';
import { declareInsurance } from './checks-commands.ts';
import { ownInsuranceForm } from './checks-form.ts';
import { type ChecksOfPerson, checksOf } from './checks-queries.ts';
import { chooseConsent, consentInForce } from './consent-commands.ts';
import { type ConsentText, consentTextsOn } from './consent-texts.ts';
import { type NameView, namesOf } from './people-file.ts';

const short = line(60, 'Open the page again.');

/** What a member may do on the page of their own record. */
export const ownRecordForm = z.discriminatedUnion('act', [
	ownInsuranceForm.extend({ act: z.literal('insurance') }),
	z.object({ act: z.literal('choose'), purpose: short, version: short, agrees: z.preprocess(isTicked, z.boolean()) }),
	z.object({ act: z.literal('withdraw'), id: short }),
]);

/** Does what was asked, to one's own record only. @throws SignInRequired, Invalid, NotFound, Conflict */
export function changeOwnRecord(ctx: Ctx, input: z.output<typeof ownRecordForm>): typeof input.act {
	if (input.act === 'insurance') declareInsurance(ctx, input);
	else if (input.act === 'choose') chooseConsent(ctx, input);
	else withdrawChange(ctx, input.id);
	return input.act;
}

/** What the organisation holds about the person who asks, as far as they look after it themselves. Days `YYYY-MM-DD`. */
export type OwnRecord = {
	names: NameView[];
	bornOn: string | null;
	checks: ChecksOfPerson;
	changes: ChangeView[];
	choices: (ConsentText & { isAgreed: boolean })[];
};

/** One's own record. @throws SignInRequired */
export function ownRecord(ctx: Ctx): OwnRecord {
	const { personId } = personOf(ctx);
	const choices = consentTextsOn(ctx.db, ctx.today).filter((text) => text.isChoice);
	return {
		names: namesOf(ctx.db, personId),
		bornOn: prepared(ctx.db.sql, 'SELECT born_on FROM person WHERE id = ?').pluck().get(personId) as string | null,
		checks: checksOf(ctx, personId),
		changes: ownChanges(ctx),
		choices: choices.map((text) => ({ ...text, isAgreed: consentInForce(ctx, personId, text.purpose) === text.version })),
	};
}
