/** Panels in the fewest words: what the rules say, written down a second time and differently. One allegation; people 0 to 3 are lay. */
export type Act =
	| { do: 'compose' | 'list' | 'wait' | 'ask' | 'close' | 'cast' | 'record' | 'dissolve' }
	| { do: 'seat'; who: number; chair: boolean }
	| { do: 'declare'; who: number; back: boolean }
	| { do: 'back'; who: number }
	| { do: 'vote'; who: number; pick: 0 | 1 | 2 };
type Seat = { chair: boolean; in: 'asked' | 'here' | 'gone' };
type Question = 'prospect' | 'way' | 'facts' | 'breach' | 'sanction';
export type Model = {
	at: 'screening' | 'hearing' | 'outcome' | 'closed';
	outcome: string | null;
	written: 0 | 1 | 2 | 3;
	/** Who knows the case from a panel, or stepped back: they sit on none any more. */
	out: number[];
	day: number;
	fact: boolean;
	breach: boolean;
	panel: null | {
		kind: 'screening' | 'hearing';
		sits: number | null;
		seats: Record<number, Seat>;
		asked: Question[];
		open: null | { there: number[]; votes: Record<number, number>; even: boolean };
		found: Partial<Record<Question, boolean>>;
	};
};
export const MODEL: Model = { at: 'screening', outcome: null, written: 0, out: [], day: 0, fact: false, breach: false, panel: null };
export const PEOPLE = 9;
const isLay = (who: number) => who < 4;

type Panel = NonNullable<Model['panel']>;
const those = ({ seats }: Panel, ...states: Seat['in'][]) =>
	Object.keys(seats)
		.map(Number)
		.filter((who) => states.includes((seats[who] as Seat).in));
const chairOf = (panel: Panel, among: number[]) => among.find((who) => panel.seats[who]?.chair);

function enough(panel: Panel, among: number[]): boolean {
	const lay = among.filter(isLay).length;
	const chair = chairOf(panel, among);
	return among.length >= 3 && lay > 0 && (panel.kind === 'screening' || lay > among.length - lay || (chair !== undefined && isLay(chair)));
}

const complete = (panel: Panel) => {
	const seated = those(panel, 'asked', 'here');
	return seated.length <= (panel.kind === 'screening' ? 3 : 5) && chairOf(panel, seated) !== undefined && enough(panel, seated);
};

/** The question that comes next, or what is to be written down. */
function due(m: Model, panel: Panel): Question | 'write' | null {
	const { found } = panel;
	if (panel.kind === 'screening') {
		if (found.prospect === undefined) return 'prospect';
		return found.way === undefined ? 'way' : 'write';
	}
	if (m.written === 0) return found.facts === undefined ? 'facts' : 'write';
	if (m.written === 1) return m.fact && found.breach === undefined ? 'breach' : 'write';
	return m.breach && !found.sanction ? 'sanction' : 'write';
}

/** Where it goes, or null when the rules say no. */
export function modelAfter(m: Model, act: Act): Model | null {
	const { panel } = m;
	if (act.do === 'wait') return { ...m, day: m.day + 28 };
	if (act.do === 'compose') {
		if (panel !== null || (m.at !== 'screening' && m.at !== 'hearing')) return null;
		return {
			...m,
			panel: { kind: m.at, sits: m.at === 'screening' ? m.day + 7 : m.written > 0 ? m.day + 28 : null, seats: {}, asked: [], open: null, found: {} },
		};
	}
	if (panel === null) return null;
	const to = (change: Partial<Panel>) => ({ ...m, panel: { ...panel, ...change } });
	const seated = those(panel, 'asked', 'here');
	const here = those(panel, 'here');
	switch (act.do) {
		case 'seat': {
			const isFull = seated.length >= (panel.kind === 'screening' ? 3 : 5);
			if (panel.asked.length > 0 || isFull || m.out.includes(act.who) || act.who in panel.seats) return null;
			return act.chair && chairOf(panel, seated) !== undefined ? null : to({ seats: { ...panel.seats, [act.who]: { chair: act.chair, in: 'asked' } } });
		}
		case 'declare':
		case 'back': {
			const isTheirs = act.do === 'back' ? seated.includes(act.who) : panel.seats[act.who]?.in === 'asked';
			if (!isTheirs) return null;
			const isGone = act.do === 'back' || act.back;
			const seat = { ...(panel.seats[act.who] as Seat), in: isGone ? ('gone' as const) : ('here' as const) };
			return { ...to({ seats: { ...panel.seats, [act.who]: seat } }), out: [...m.out, act.who] };
		}
		case 'list':
			return panel.kind === 'hearing' && m.written === 0 && panel.asked.length === 0 && complete(panel)
				? to({ sits: m.day + 28, found: { ...panel.found } })
				: null;
		case 'dissolve':
			return panel.asked.length > 0 && enough(panel, seated) ? null : { ...m, panel: null };
		case 'ask': {
			const question = due(m, panel);
			const sits = panel.sits !== null && m.day >= panel.sits && (panel.asked.length > 0 || complete(panel));
			if (panel.open || !sits || question === null || question === 'write' || !enough(panel, here)) return null;
			return to({ asked: [...panel.asked, question], open: { there: here, votes: {}, even: false } });
		}
		case 'vote': {
			const { open } = panel;
			if (!open || open.even || !here.includes(act.who) || !open.there.includes(act.who) || act.who in open.votes) return null;
			const after = { ...open, votes: { ...open.votes, [act.who]: act.pick } };
			const isLast = here.filter((who) => open.there.includes(who)).every((who) => who in after.votes);
			return isLast ? counted(to({ open: after })) : to({ open: after });
		}
		case 'close': {
			const { open } = panel;
			const isThere = open && !open.even && chairOf(panel, here) !== undefined;
			return isThere &&
				enough(
					panel,
					here.filter((who) => who in open.votes),
				)
				? counted(m)
				: null;
		}
		case 'cast':
			return panel.open?.even && chairOf(panel, here) !== undefined ? settled(m, true) : null;
		case 'record':
			return panel.open === null && due(m, panel) === 'write' ? written(m, panel) : null;
	}
}

/** 0 is the graver choice, 1 the milder, 2 abstains. */
function counted(m: Model): Model {
	const panel = m.panel as Panel;
	const open = panel.open as NonNullable<Panel['open']>;
	const votes = those(panel, 'here')
		.filter((who) => who in open.votes)
		.map((who) => open.votes[who]);
	const [grave, mild] = [votes.filter((one) => one === 0).length, votes.filter((one) => one === 1).length];
	if (grave !== mild) return settled(m, grave > mild);
	return panel.kind === 'hearing' ? settled(m, false) : { ...m, panel: { ...panel, open: { ...open, even: true } } };
}

function settled(m: Model, isGraver: boolean): Model {
	const panel = m.panel as Panel;
	return { ...m, panel: { ...panel, open: null, found: { ...panel.found, [panel.asked.at(-1) as Question]: isGraver } } };
}

function written(m: Model, panel: Panel): Model {
	const over = { ...m, panel: null };
	const { prospect, way, facts, breach } = panel.found;
	if (panel.kind === 'screening') {
		if (prospect && way) return { ...over, at: 'hearing' };
		return prospect || way ? { ...over, at: 'outcome', outcome: 'advice' } : { ...over, at: 'closed', outcome: 'no_case' };
	}
	if (m.written === 0) return { ...m, written: 1, fact: facts === true };
	if (m.written === 1) return { ...m, written: 2, breach: m.fact && breach === true };
	return { ...over, at: 'outcome', written: 3, outcome: m.breach ? 'upheld' : 'not_upheld' };
}
