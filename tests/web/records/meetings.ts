import { aPerson } from '#tests/helpers/application.ts';
import { aCommittee, aMeeting, inPanel, roomOn, staff } from '#tests/helpers/committee.ts';
import { TODAY } from '#tests/helpers/site.ts';
import { siteCtx } from '#tests/helpers/site-ctx.ts';
import type { Maker } from './scene.ts';

/** Records of the committee room, as their makers: what a page under `/office/meetings` names in its address. */

type Room = { meeting: string; chair: string; member: string; secretary: string; assessor: string; applicant: string; conditional: string; declined: string };

/** A meeting under way: item 1 is being voted on, 2 is even, 3 is carried, 4 is resolved with a condition, 5 was declined. */
const room: Maker<Room> = ({ site }) => {
	const ctx = siteCtx(site);
	const seats = aCommittee(ctx);
	const assessors = [staff(ctx, 'Ada', 'assessor'), staff(ctx, 'Abe', 'assessor')];
	const applicant = aPerson(ctx, 'Ann');
	const routes = ['practitioner', 'adolescent'];
	const references = [0, 1, 2]
		.map(() => inPanel(ctx, aPerson(ctx, 'Ben'), { assessors }))
		.concat(routes.map((route) => inPanel(ctx, applicant, { route, assessors })));
	const meeting = aMeeting(seats, references, 'ordinary', TODAY);
	const at = roomOn(seats, meeting, TODAY);
	at.open();
	const first = ctx.db.sql.prepare(
		'SELECT min(i.position) FROM meeting_item i JOIN meeting m ON m.id = i.meeting_id WHERE m.reference = ? AND i.application_id IS NOT NULL',
	);
	const from = first.pluck().get(meeting) as number;
	const voters = [seats.chair, ...seats.members, seats.lay];
	for (const who of [...voters, seats.secretary]) for (const no of [0, 1]) at.declare(who, from + no);
	at.openItem(from);
	at.openItem(from + 1);
	for (const [index, who] of voters.entries()) at.vote(who, from + 1, index < 2 ? 'award' : 'decline');
	at.allVote(from + 2, 'award_with_conditions');
	at.allVote(from + 3, 'award_with_conditions');
	const why = { reasons: ['evidence_unclear'], words: 'Nearly all is there.' };
	const [conditional = '', declined = ''] = references.slice(3);
	at.resolve(from + 3, conditional, { ...why, conditions: [{ words: 'Rate one more recording.', dueOn: '2027-02-01' }] });
	at.allVote(from + 4, 'decline');
	at.resolve(from + 4, declined, why);
	ctx.db.sql.close();
	const member = seats.members[0]?.id ?? '';
	const people = { chair: seats.chair.id, member, secretary: seats.secretary.id, assessor: assessors[0]?.id ?? '', applicant: applicant.id };
	return { meeting: `${meeting} ${from}`, ...people, conditional, declined };
};

const of =
	(key: keyof Room): Maker<string> =>
	async (scene) =>
		(await scene.made(room))[key];
export const chair = of('chair');
export const member = of('member');
export const secretary = of('secretary');
export const assessor = of('assessor');
export const applicant = of('applicant');
export const conditional = of('conditional');
export const declined = of('declined');

/** An item of the meeting under way, counted from 0, and what is done about it. */
export const item =
	(no: number, act?: string): Maker<string[]> =>
	async (scene) => {
		const [reference = '', from = '1'] = (await scene.made(room)).meeting.split(' ');
		return [reference, String(Number(from) + no), ...(act === undefined ? [] : [act])];
	};

export const underWay: Maker<string> = async (scene) => (await scene.made(item(0)))[0] ?? '';
/** The meeting of the demonstration that is to come, and the one that is past. */
export const coming: Maker<string> = (scene) => scene.value('SELECT reference FROM meeting WHERE opened_at IS NULL ORDER BY reference');
export const past: Maker<string> = (scene) => scene.value('SELECT reference FROM meeting WHERE minutes IS NOT NULL ORDER BY held_on');
export const condition: Maker<string> = async (scene) => {
	await scene.made(room);
	return scene.value('SELECT id FROM decision_condition');
};
