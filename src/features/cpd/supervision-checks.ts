import { clientIdentifyingHints, HINT_WORDS } from '#core/client-hints.ts';
import type { Tx } from '#core/commit.ts';
import { sayDay } from '#core/dates.ts';
import { Invalid } from '#core/errors.ts';
import { sayMinutes } from '#core/read-duration.ts';
import { listOf } from '#core/text.ts';
import type { SupervisionSession } from './supervision-entry.ts';
import type { SessionInput } from './supervision-form.ts';
import { relationRow } from './supervision-relation-queries.ts';
import { ownShare, type SupervisionRules, supervisionRules } from './supervision-rules.ts';

/** A session as it is written down. */
export type NewSession = Pick<
	SupervisionSession,
	'isDraft' | 'relationId' | 'heldOn' | 'minutes' | 'ownMinutes' | 'kind' | 'size' | 'mode' | 'material' | 'note' | 'correctsId'
>;

/** What a form said, checked against the rules and the relation it names. @throws Invalid beside the field that needs another look */
export function checkedSession(tx: Tx, personId: string, input: SessionInput): NewSession {
	const rules = supervisionRules(tx.db, tx.ctx.today);
	const isDraft = input.as === 'draft';
	if (!isDraft) refuseIncomplete(input);
	refuseTooMuch(input, rules);
	if (input.heldOn !== null && input.heldOn > tx.ctx.today) throw new Invalid('heldOn', 'That day is still to come. Enter the session once you have had it.');
	if (input.relation !== null) checkRelation(tx, personId, input.relation, isDraft ? null : input.heldOn);
	refuseUnchecked(input);
	const size = input.kind === 'individual' ? null : input.size;
	const minutes = isStruckOut(input) ? 0 : input.minutes;
	const ownMinutes = minutes === null ? null : ownShare(input.kind, minutes, size, rules);
	const { kind, mode, material, note, heldOn } = input;
	return { isDraft, relationId: input.relation, heldOn, minutes, ownMinutes, kind, size, mode, material, note, correctsId: input.corrects };
}

/** What in a note looks like a client's, as a list in words; null when nothing does. */
export function noteHint(note: string): string | null {
	const found = clientIdentifyingHints(note);
	return found.length === 0 ? null : listOf(found.map((kind) => HINT_WORDS[kind]));
}

function isStruckOut(input: SessionInput): boolean {
	return input.corrects !== null && input.notHeld;
}

function refuseIncomplete(input: SessionInput): void {
	if (input.heldOn === null) throw new Invalid('heldOn', 'Enter the day of the session, such as 22/11/2026.');
	if (input.minutes === null && !isStruckOut(input)) throw new Invalid('minutes', 'Say how long it was, such as 1h or 50 min.');
	if (input.relation === null && (input.kind !== 'peer' || input.corrects !== null)) throw new Invalid('relation', 'Choose your supervisor.');
	if (input.size === null && input.kind !== 'individual') throw new Invalid('size', 'Enter how many shared the time, yourself included.');
}

function refuseTooMuch(input: SessionInput, rules: SupervisionRules): void {
	if (input.minutes !== null && input.minutes > rules.mostMinutes)
		throw new Invalid('minutes', `${sayMinutes(input.minutes)} is too long: one session can be ${sayMinutes(rules.mostMinutes)} at most.`);
	if (input.kind !== 'individual' && input.size !== null && input.size > rules.mostInGroup)
		throw new Invalid('size', `A group can be ${rules.mostInGroup} at most.`);
}

function checkRelation(tx: Tx, personId: string, id: string, heldOn: string | null): void {
	const relation = relationRow(tx.db, id);
	if (!relation || relation.superviseeId !== personId || relation.refusedAt !== null) throw new Invalid('relation', 'Choose your supervisor from the list.');
	if (heldOn === null) return;
	if (heldOn < relation.fromOn) throw new Invalid('heldOn', `This supervision began on ${sayDay(relation.fromOn)}: the session cannot be before that.`);
	if (relation.endedOn !== null && heldOn > relation.endedOn)
		throw new Invalid('heldOn', `This supervision ended on ${sayDay(relation.endedOn)}: the session cannot be after that.`);
}

/** Stops once, before anything is stored: whoever has looked and says so goes on. */
function refuseUnchecked({ note, checked }: SessionInput): void {
	const hint = checked ? null : noteHint(note);
	if (hint !== null)
		throw new Invalid('checked', `Your note seems to hold ${hint}. Take out whatever could show who a client is, or tick the box to say that it does not.`);
}
