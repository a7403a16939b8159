import { z } from 'zod';
import { type ActField, choice, seen } from './case-act-parts.ts';
import { OUTCOME_WORDS } from './case-words.ts';
import { labelOf, orderFields, ordersIn, type PanelRow, several, ticks } from './panel-act-parts.ts';
import { askPanel, refusalToSit } from './panel-ask-commands.ts';
import { backTo, type Motion, outcomesFor } from './panel-motion.ts';
import { ordersFor } from './panel-orders.ts';
import { nextQuestion } from './panel-questions.ts';
import { beforeIn, canRecord, type Room, votingIn } from './panel-room.ts';
import type { RoundKind } from './panel-rows.ts';
import { ASK_WORDS, RESULT_WORDS, SEAT_WORDS, TO_WORDS } from './panel-words.ts';

type Part = { fields?: (room: Room) => ActField[]; motion?: (typed: Record<string, unknown>) => Motion; says?: string };

const one = (typed: Record<string, unknown>, name: string) => [typed[name]].flat().at(-1);
const outcomes = (keys: readonly (keyof typeof OUTCOME_WORDS)[]) => Object.fromEntries(keys.map((name) => [name, OUTCOME_WORDS[name]]));

const PARTS: Partial<Record<RoundKind, Part>> = {
	prospect: { says: 'For each allegation: could a hearing find it, on what there is, and find that it broke our rules?' },
	interim: {
		says: 'It protects others while the case goes on. It finds nothing, and nothing is held against the therapist by it.',
		fields: ({ panel, panelRules, rules }) => orderFields(ordersFor(panel.kind, panelRules, rules), 'Which order? One only.'),
		motion: (typed) => ({ orders: ordersIn(typed) }),
	},
	facts: {
		says: 'On the balance of probabilities. A conviction or a decision of another body is proved by its certificate. What was admitted is not voted on.',
		fields: (room) => [
			ticks('admitted', 'What has the therapist admitted?', Object.fromEntries(room.allegations.map(({ id }) => [id, labelOf(room, id, '')]))),
		],
		motion: ({ admitted }) => ({ admitted: several(admitted) }),
	},
	sanction: {
		says: 'What the panel has talked through, for each member to agree to or not.',
		fields: (room) => [
			choice('outcome', 'Outcome', outcomes(outcomesFor(room))),
			...orderFields(ordersFor(room.panel.kind, room.panelRules, room.rules), 'Orders, if any'),
		],
		motion: (typed) => ({ outcome: one(typed, 'outcome'), orders: ordersIn(typed) }),
	},
	appeal: {
		says: 'What the panel has talked through, for each member to agree to or not.',
		fields: (room) => [
			choice('result', 'Result', RESULT_WORDS),
			choice('to', 'If it is set aside: who decides anew?', Object.fromEntries(backTo(room.state.outcome).map((to) => [to, TO_WORDS[to] ?? to]))),
			choice('outcome', 'If it is changed: to what?', outcomes(['not_upheld', 'partly_upheld', 'upheld', 'advice'])),
			...orderFields(ordersFor('hearing', room.panelRules, room.rules), 'If it is changed: orders, if any'),
		],
		motion: (typed) => ({ result: one(typed, 'result'), to: one(typed, 'to'), outcome: one(typed, 'outcome'), orders: ordersIn(typed) }),
	},
};

function askRow(kind: RoundKind): PanelRow {
	const part = PARTS[kind] ?? {};
	return {
		key: `ask-${kind.replace('_', '-')}`,
		title: ASK_WORDS[kind],
		says: `${part.says ?? ''} Whoever is present votes on it, each for themselves, sealed.`.trim(),
		button: 'Put it to the vote',
		when: (room, today) => canRecord(room) && refusalToSit(room, today) === null && nextQuestion(beforeIn(room)) === kind,
		fields: (room) => [
			ticks(
				'present',
				'Who is present?',
				Object.fromEntries(votingIn(room).map(({ id, name, role, isLay }) => [id, `${name}: ${SEAT_WORDS[role].toLowerCase()}${isLay ? ', lay' : ''}`])),
			),
			...(part.fields?.(room) ?? []),
		],
		schema: z.looseObject({ seen }),
		run: (ctx, place, { seen: saw, ...typed }: { seen: number; present?: unknown }) =>
			askPanel(ctx, place, { seen: saw, kind, present: several(typed.present), motion: part.motion?.(typed) ?? {} }),
	};
}

/** The questions that may be put to a panel, each with its form. */
export const PANEL_ASK_ACTS: readonly PanelRow[] = (Object.keys(ASK_WORDS) as RoundKind[]).map(askRow);
