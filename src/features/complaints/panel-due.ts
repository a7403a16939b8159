import { breachIn, carriedIn } from './panel-questions.ts';
import type { Room } from './panel-room.ts';
import type { RoundKind } from './panel-rows.ts';
import type { PanelKind } from './panel-rules.ts';
import type { StepKind } from './phases.ts';
import type { Step } from './state.ts';

/**
 * What a panel has decided and nobody has written down yet. `kind` null: it stands in the record of the panel and moves the case nowhere.
 * `part`: where its reasons stand in the vault. `each`: the allegations that have reasons of their own. `isTold`: both sides have to be told.
 */
export type Due = {
	kind: StepKind | null;
	data: Step['data'];
	part: 'screening' | 'interim' | 'facts' | 'breach' | 'sanction' | 'appeal';
	each: readonly string[];
	findings: Record<string, 'admitted' | 'proved' | 'not_proved'>;
	isTold: boolean;
	isLast: boolean;
};
type Decided = Pick<Room, 'panel' | 'rounds' | 'state' | 'steps' | 'allegations'>;

/** The step that follows from what a panel voted, or null: it has not voted on it yet. Pure. */
export function dueOf(room: Decided): Due | null {
	return room.rounds.some(({ carried }) => carried === null) ? null : DUE[room.panel.kind](room);
}

const last = ({ rounds }: Decided, kind: RoundKind) => rounds.findLast((one) => one.kind === kind);
const due = ({ panel }: Decided, kind: StepKind | null, part: Due['part'], more: Partial<Due> = {}): Due => ({
	kind,
	part,
	each: [],
	findings: {},
	isTold: true,
	isLast: true,
	...more,
	data: { panel: panel.id, ...more.data },
});

function screening(room: Decided): Due | null {
	const way = carriedIn(room, 'way') as StepKind | null;
	return way === null ? null : due(room, way, 'screening', { each: (last(room, 'prospect')?.motion.allegations as string[]) ?? [] });
}

function interim(room: Decided): Due | null {
	const [asked, review] = [last(room, 'interim'), carriedIn(room, 'interim_review')];
	if (room.state.interim === 'in_force' && review === 'end') return due(room, 'interim_ended', 'interim', { isTold: false });
	if (room.state.interim === 'in_force') return review === null ? null : due(room, null, 'interim', { isTold: false });
	if (room.state.interim === 'none' || !asked?.carried) return null;
	const isImposed = carriedIn(room, 'interim') === 'impose';
	return due(room, 'interim_decided', 'interim', { isTold: false, data: { imposed: isImposed, ...(isImposed ? asked.motion : {}) } });
}

function hearing(room: Decided): Due | null {
	const { hearing: step } = room.state;
	return step === 'sanction' ? null : HEARING[step](room);
}

const HEARING: Record<'not_begun' | 'facts' | 'breach', (room: Decided) => Due | null> = {
	not_begun: (room) => {
		const found = last(room, 'facts');
		if (!found?.carried) return null;
		const admitted = Object.fromEntries((found.motion.admitted as string[]).map((id) => [id, 'admitted']));
		const findings = { ...found.carried, ...admitted } as Due['findings'];
		return due(room, 'facts_found', 'facts', { each: Object.keys(findings), findings, isTold: false, isLast: false });
	},
	// Where nothing was proved there is nothing to vote on: no breach, and nothing follows.
	facts: (room) => {
		const hasFact = room.allegations.some(({ finding }) => finding === 'proved' || finding === 'admitted');
		const voted = carriedIn(room, 'breach');
		if (hasFact && voted === null) return null;
		return due(room, 'breach_found', 'breach', { data: { isBreach: hasFact && voted === 'breach' }, isTold: false, isLast: false });
	},
	breach: (room) => {
		if (breachIn(room.steps) !== true) return due(room, 'sanction_decided', 'sanction', { data: { outcome: 'not_upheld', orders: [] } });
		return carriedIn(room, 'sanction') === 'agree' ? due(room, 'sanction_decided', 'sanction', { data: last(room, 'sanction')?.motion ?? {} }) : null;
	},
};

function appeal(room: Decided): Due | null {
	if (carriedIn(room, 'leave') === 'refused' || carriedIn(room, 'filter') === 'none')
		return due(room, 'appeal_decided', 'appeal', { data: { result: 'upheld' } });
	return carriedIn(room, 'appeal') === 'agree' ? due(room, 'appeal_decided', 'appeal', { data: last(room, 'appeal')?.motion ?? {} }) : null;
}

const DUE: Record<PanelKind, (room: Decided) => Due | null> = { screening, interim, hearing, health: hearing, appeal };
