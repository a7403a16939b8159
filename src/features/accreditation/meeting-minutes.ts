import { sayDay } from '#core/dates.ts';
import { listOf } from '#core/text.ts';
import type { Db } from '#db/client.ts';
import { prepared } from '#db/prepared.ts';
import { asksInterests, type Declared } from './meeting-part.ts';
import { type Item, type Meeting, type Member, membersOf } from './meeting-rows.ts';
import type { Choice } from './vote-count.ts';
import { CHOICE_WORDS } from './vote-forms.ts';
import { votesOn } from './vote-reveal.ts';

/** One part of the minutes: `no` of the item it is about, so that whoever took no part in it does not read it. */
export type MinutesPart = { no: number | null; title: string; text: string };

const KIND_SAID = { ordinary: 'Meeting of the accreditation committee', between: 'Decision between meetings', review: 'Meeting of a review panel' } as const;
const SEAT_SAID = { chair: 'chair', member: 'member', lay: 'lay member', secretary: 'secretary' } as const;

/**
 * Minutes from what happened: who was there, what was on the agenda, who took no part, how the votes fell in number, what was resolved.
 * Applications by their reference; what anybody declared in words, and who voted how, stays out. Never authorises.
 */
export function draftMinutes(db: Db, meeting: Meeting): MinutesPart[] {
	const members = membersOf(db, meeting.id);
	const items = db.sql.prepare('SELECT * FROM meeting_item WHERE meeting_id = ? ORDER BY position').all(meeting.id) as Row[];
	return [opening(meeting, members), ...items.map((item) => partOf(db, item, members))];
}

type Row = {
	id: string;
	position: number;
	kind: Item['kind'];
	title: string;
	resolution: string;
	removed_at: number | null;
	chair_id: string | null;
	late_because: string | null;
};

function opening(meeting: Meeting, members: readonly Member[]): MinutesPart {
	const named = (one: Member) => `${one.name} (${SEAT_SAID[one.seat]})`;
	const present = members.filter(({ attended }) => attended === true).map(named);
	const away = members.filter(({ attended }) => attended !== true).map(named);
	const lines = [
		`${KIND_SAID[meeting.kind]}, ${sayDay(meeting.heldOn)}${meeting.place ? `, ${meeting.place}` : ''}.`,
		`Present: ${listOf(present) || 'nobody'}.`,
		away.length > 0 ? `Apologies: ${listOf(away)}.` : '',
		meeting.shortNotice ? `Papers came later than they are due: ${meeting.shortNotice}` : '',
	];
	return { no: null, title: `Minutes of ${meeting.reference}`, text: lines.filter(Boolean).join('\n') };
}

function partOf(db: Db, item: Row, members: readonly Member[]): MinutesPart {
	const chair = members.find(({ personId }) => personId === item.chair_id);
	const lines = [
		item.late_because ? `Put on the agenda after papers were due: ${item.late_because}` : '',
		...(asksInterests(item) ? interestsSaid(db, item.id, members) : []),
		chair ? `${chair.name} chaired this item.` : '',
		votesSaid(db, item.id),
		item.resolution,
	];
	return { no: item.position, title: item.title, text: lines.filter(Boolean).join('\n') };
}

function interestsSaid(db: Db, itemId: string, members: readonly Member[]): string[] {
	const text = 'SELECT person_id AS personId, declared, is_found AS isFound FROM meeting_interest WHERE item_id = ?';
	const rows = prepared(db.sql, text).all(itemId) as { personId: string; declared: Declared; isFound: number }[];
	const names = (of: (row: (typeof rows)[number]) => boolean) => {
		const ids = new Set(rows.filter(of).map(({ personId }) => personId));
		return listOf(members.filter(({ personId }) => ids.has(personId)).map(({ name }) => name));
	};
	const said = (who: string, what: string) => (who ? `${what}: ${who}.` : '');
	return [
		said(
			names(({ declared, isFound }) => declared === 'recuse' && isFound === 1),
			'Took no part, as found from the record',
		),
		said(
			names(({ declared, isFound }) => declared === 'recuse' && isFound === 0),
			'Stepped back and took no part',
		),
		said(
			names(({ declared }) => declared === 'minor'),
			'Declared a minor interest',
		),
	];
}

/** In number only: who voted how is for those at the table. */
function votesSaid(db: Db, itemId: string): string {
	const counts = new Map<Choice, number>();
	for (const { choice } of votesOn(db, itemId, false)) counts.set(choice, (counts.get(choice) ?? 0) + 1);
	if (counts.size === 0) return '';
	const [casting] = votesOn(db, itemId, true);
	const said = listOf([...counts].map(([choice, count]) => `${CHOICE_WORDS[choice].split(':')[0]} ${count}`));
	return `Votes: ${said}.${casting ? ` The casting vote was given: ${CHOICE_WORDS[casting.choice].split(':')[0]}.` : ''}`;
}
