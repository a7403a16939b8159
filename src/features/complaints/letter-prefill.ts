import type { Ctx } from '#core/ctx.ts';
import { personOf } from '#core/policy.ts';
import type { ActField } from './case-act-parts.ts';
import { letterBefore } from './letter-facts.ts';
import { typedFrom } from './letter-form.ts';
import type { LetterSide } from './letter-template.ts';
import { toldOnIn } from './own-door.ts';
import type { StepKind } from './phases.ts';
import { noteRead, type Sight } from './sight.ts';

/** The step that each act takes or proposes whose form asks what a side reads. */
const STEP_OF: Readonly<Record<string, StepKind>> = {
	acknowledge: 'acknowledged',
	ask: 'asked',
	disclose: 'disclosed',
	settle: 'resolution_begun',
	settled: 'resolution_agreed',
	'not-settled': 'resolution_failed',
	update: 'updated',
	pause: 'paused',
	resume: 'resumed',
	close: 'closed',
	'propose-accept': 'accepted',
	'propose-redirect': 'redirected',
	'propose-decline': 'declined',
	'propose-reopen': 'reopened',
};
const SIDE_OF: Readonly<Record<string, LetterSide>> = { told: 'complainant', toldRespondent: 'respondent' };
/** They tell the therapist for the first time. */
const TELLING: readonly StepKind[] = ['disclosed', 'resolution_begun'];

/** Fields of an act with the fitting letter in those that a side reads, to be changed at will. That it was made of the case is noted. */
export function withLetters(ctx: Ctx, sight: Sight, act: string, fields: readonly ActField[]): readonly ActField[] {
	const kind = STEP_OF[act];
	if (kind === undefined || !fields.some(({ name }) => name in SIDE_OF)) return fields;
	noteRead(ctx, { concernId: sight.concern.id, personId: personOf(ctx).personId, capacity: sight.accesses[0]?.capacity ?? 'caseworker', what: `act:${act}` });
	return fields.map((field) => {
		const side = SIDE_OF[field.name];
		if (side === undefined || (side === 'respondent' && !TELLING.includes(kind) && toldOnIn(sight.steps) === null)) return field;
		const letter = letterBefore(ctx, sight, kind, side, {});
		return letter === null ? field : { ...field, value: typedFrom(letter.paragraphs) };
	});
}
