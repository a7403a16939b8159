import { z } from 'zod';
import type { Ctx } from '#core/ctx.ts';
import { NotFound } from '#core/errors.ts';
import { hasRole } from '#core/policy.ts';
import { prepared } from '#db/prepared.ts';
import { typedDay } from '#features/membership/index.ts';
import { endAccess, isLead, LET_IN_AS, type LetInInput, letSomebodyIn, takeOnCase } from './access-commands.ts';
import { choicesFor } from './access-queries.ts';
import { APPEAL_ACTS } from './appeal-acts.ts';
import { type ActRow, area, type CaseAct, choice, key, needed, oneOf, seen } from './case-act-parts.ts';
import { addAllegation, nameRespondent } from './case-allegations.ts';
import { PAIR_ACTS } from './case-pair-acts.ts';
import { STEP_ACTS } from './case-step-acts.ts';
import { CAPACITY_WORDS, CATEGORY_WORDS } from './case-words.ts';
import { declareAtGate, stepBack } from './gate-commands.ts';
import { GATE_CHOICES, gateForm } from './gate-form.ts';
import { gateView } from './gate-view.ts';
import { INTERIM_ACTS } from './interim-acts.ts';
import { withLetters } from './letter-prefill.ts';
import { writeToSide } from './message-commands.ts';
import { isRespondentTold, type NewMessage } from './message-put.ts';
import { OPEN } from './phases.ts';
import { canTake, worksOn } from './policy.ts';
import { LEARNING_ACTS } from './report-acts.ts';
import { SUMMARY_ACTS } from './room-acts.ts';
import { SETTLE_ACTS } from './settle-acts.ts';
import { type Access, type Sight, sightOf } from './sight.ts';
import { WAY_ACTS } from './way-acts.ts';
import { isForRoute, ORGANISATION_ACTS } from './way-organisation.ts';

/** The acts that the actor may take on a case now: only the gate while that is shut. @throws NotFound for whoever may not know of it */
export function actsOnCase(ctx: Ctx, reference: string): Pick<ActRow, 'key' | 'title'>[] {
	return rowsFor(ctx, sightOf(ctx, reference)).map(({ key: name, title }) => ({ key: name, title }));
}

/** One of them with its form. @throws NotFound when it cannot be taken now */
export function caseAct(ctx: Ctx, reference: string, name: string): CaseAct {
	const sight = sightOf(ctx, reference);
	const row = rowsFor(ctx, sight).find((one) => one.key === name);
	if (!row) throw new NotFound('There is no such case.');
	const { fields, shows, run } = row;
	return {
		...row,
		isGrave: row.isGrave ?? false,
		fields: withLetters(ctx, sight, name, typeof fields === 'function' ? fields(ctx, sight) : fields),
		shows: shows?.(ctx, reference, sight) ?? [],
		seen: sight.seen,
		run: (input: never) => run(ctx, reference, input),
	};
}

function rowsFor(ctx: Ctx, sight: Sight): readonly ActRow[] {
	return sight.isGateShut ? [GATE] : ROWS.filter((row) => isForRoute(sight, row.key) && row.when(sight, ctx));
}

const GATE: ActRow = {
	key: 'declare',
	title: 'Does anything tie you to anybody in it?',
	says: 'Before the case opens, say so. These are the people it names; what was said stays shut until you have answered.',
	button: 'Declare',
	when: () => true,
	shows: (ctx, reference) => gateView(ctx, reference).named.map(({ name, as }) => `${name} (${as})`),
	fields: [{ name: 'declared', label: 'What fits?', kind: 'choice', options: GATE_CHOICES }, area('words', 'If it is something small: what?')],
	schema: gateForm,
	run: declareAtGate,
	leaves: true,
};

const isOpen = ({ state }: Sight) => (OPEN as readonly string[]).includes(state.phase);
const capacities = Object.fromEntries(Object.keys(LET_IN_AS).map((one) => [one, CAPACITY_WORDS[one as Access['capacity']]])) as Record<
	Access['capacity'],
	string
>;
const sides = ({ concern, steps }: Sight) => ({
	complainant: 'The person who raised it',
	...(concern.respondentId !== null && isRespondentTold(steps) ? { respondent: 'The therapist' } : {}),
});

const OWN_ROWS: readonly ActRow[] = [
	{
		key: 'take-on',
		title: 'Take it on',
		says: 'You become its owner: it is sealed to you and to whoever you let in.',
		button: 'Take it on',
		when: (sight, { actor }) => sight.isUnowned && hasRole(actor, 'complaints_officer') && canTake(actor, sight, takingOn(sight)),
		fields: [],
		schema: z.object({ seen }),
		run: takeOnCase,
	},
	{
		key: 'message',
		title: 'Write to one side',
		says: 'The other side does not see it.',
		button: 'Send it',
		when: (sight) => worksOn(sight) && isOpen(sight),
		fields: (_, sight) => [choice('side', 'To whom?', sides(sight)), area('words', 'What they read')],
		schema: z.object({
			side: oneOf({ complainant: '', respondent: '' }, 'Choose one.'),
			words: needed('Write something.'),
			repeat: key('Open the page again.'),
		}),
		run: (ctx, reference, { repeat, ...message }: Omit<NewMessage, 'repeatKey'> & { repeat: string }) =>
			writeToSide(ctx, reference, { ...message, repeatKey: repeat }),
	},
	{
		key: 'allegation',
		title: 'Write down an allegation',
		says: 'One thing that is said to have happened, in words that can be answered with yes or no.',
		button: 'Add it',
		when: (sight) => worksOn(sight) && isOpen(sight) && sight.state.hearing === 'not_begun',
		fields: [choice('category', 'What is it about?', CATEGORY_WORDS), area('words', 'What is said to have happened?')],
		schema: z.object({ seen, category: oneOf(CATEGORY_WORDS, 'Choose one.'), words: needed('Write what is said to have happened.') }),
		run: addAllegation,
	},
	{
		key: 'respondent',
		title: 'Say who it is about',
		says: 'By their number on the register. Whoever is tied to them learns nothing of the case from then on.',
		button: 'Save',
		when: (sight) => worksOn(sight) && isOpen(sight) && !isRespondentTold(sight.steps),
		fields: [{ name: 'number', label: 'Their number', kind: 'text' }],
		schema: z.object({ seen, number: key('Enter their number.') }),
		run: nameRespondent,
	},
];

const takingOn = ({ state }: Sight) => (state.phase === 'received' ? 'assigned' : 'owner_changed');

const ACCESS_ROWS: readonly ActRow[] = [
	{
		key: 'let-in',
		title: 'Let somebody in, or give it to another officer',
		says: 'They are asked first whether anything ties them to it. A new owner has the case from the moment they say that nothing does.',
		button: 'Let them in',
		when: (sight, ctx) => isLead(ctx, sight),
		fields: (ctx, { concern }) => [
			{ name: 'person', label: 'Whom?', kind: 'select', hint: 'Whoever the record ties to the case is not listed.', options: choicesFor(ctx, concern.id) },
			choice('capacity', 'As what?', capacities),
			{ name: 'untilOn', label: 'Until which day?', kind: 'text', hint: 'Such as 22/11/2027.' },
		],
		schema: z.object({
			person: key('Choose somebody.'),
			capacity: oneOf(capacities, 'Choose one.'),
			untilOn: typedDay('Enter the day').pipe(z.string('Enter the day.')),
		}),
		run: (ctx, reference, input: LetInInput) => letSomebodyIn(ctx, reference, input),
	},
	{
		key: 'end-access',
		title: 'End somebody’s access',
		says: 'From that moment they see nothing of the case any more. What they did and read stays on record.',
		button: 'End it',
		when: (sight, ctx) => isLead(ctx, sight) && Object.keys(presentIn(ctx, sight)).length > 0,
		fields: (ctx, sight) => [choice('access', 'Whose?', presentIn(ctx, sight))],
		schema: z.object({ access: key('Choose one.') }),
		run: endAccess,
	},
	{
		key: 'step-back',
		title: 'Step back from this case',
		says: 'You need not say why. You see nothing of it any more, and are not let in again.',
		button: 'Step back',
		isGrave: true,
		when: ({ accesses }) => accesses.some(({ capacity }) => capacity !== 'break_glass'),
		fields: [],
		schema: z.object({}),
		run: stepBack,
		leaves: true,
	},
];

const ROWS: readonly ActRow[] = [
	...OWN_ROWS.slice(0, 1),
	...WAY_ACTS,
	...ORGANISATION_ACTS,
	...STEP_ACTS,
	...OWN_ROWS.slice(1),
	...PAIR_ACTS,
	...INTERIM_ACTS,
	...APPEAL_ACTS,
	...SETTLE_ACTS,
	...LEARNING_ACTS,
	...SUMMARY_ACTS,
	...ACCESS_ROWS,
];

function presentIn({ db, actor, now }: Ctx, { concern }: Sight): Record<string, string> {
	const text = `SELECT a.id, a.capacity, n.given_names || ' ' || n.family_name AS name FROM concern_access a
		JOIN person_name n ON n.person_id = a.person_id AND n.to_on IS NULL
		WHERE a.concern_id = ? AND a.person_id <> ? AND a.ended_at IS NULL AND a.until_at > ? ORDER BY name`;
	const me = actor.kind === 'person' ? actor.personId : '';
	const rows = prepared(db.sql, text).all(concern.id, me, now) as { id: string; capacity: Access['capacity']; name: string }[];
	return Object.fromEntries(rows.map(({ id, name, capacity }) => [id, `${name}: ${CAPACITY_WORDS[capacity].toLowerCase()}`]));
}
