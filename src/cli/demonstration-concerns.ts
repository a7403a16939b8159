import { bookkeep } from '#core/commit.ts';
import type { Ctx } from '#core/ctx.ts';
import type { Role } from '#core/roles.ts';
import { prepared } from '#db/prepared.ts';
import { CONCERNS_TO_TRY } from '#db/seed/concerns.ts';
import { wayIn } from '#features/complaints/index.ts';
import { refreshDirectory } from '#jobs/directory.ts';
import {
	ACCEPTED,
	accept,
	actor,
	agree,
	type Case,
	close,
	disclose,
	investigates,
	NOTHING_NEW,
	RECEIVED,
	type Staff,
	takeOn,
	typed,
	write,
} from './demonstration-concerns-acts.ts';
import { OUTCOMES } from './demonstration-concerns-outcomes.ts';
import { findsNoCase } from './demonstration-concerns-panel.ts';
import { anybody, raise, respondentsIn, type Story } from './demonstration-concerns-raise.ts';

const [DRAFT, NEW, ASKED, LOOKED_INTO, SETTLED, PAUSED] = CONCERNS_TO_TRY.map(({ caseKey }) => caseKey);

/**
 * Concerns of the demonstration in each of their stages, by the commands that the pages use: raised without an account, taken on, accepted with a
 * lay screener, asked, laid before the therapist, settled, turned away, withdrawn, heard; with orders on the register. Nobody is written to about
 * what never happened. Oldest first: references are given in that order.
 */
export async function fillConcerns(ctx: Ctx): Promise<void> {
	const staff = staffIn(ctx);
	for (const { story, goesOn } of inOrder(ctx)) {
		const raised = await raise(ctx, story, goesOn !== null);
		await goesOn?.({ ctx, staff, raised, act: actor(ctx, staff, raised) });
	}
	bookkeep(ctx.db, () => prepared(ctx.db.sql, "DELETE FROM outbox WHERE kind LIKE 'concern.%' OR kind LIKE 'reference.%'").run());
	// What was published in the past is as it stands today: an order that has ended since, a membership that went on.
	await refreshDirectory(ctx);
}

type Told = { story: Story; goesOn: ((of: Case) => void | Promise<void>) | null };

function staffIn({ db }: Ctx): Staff {
	const holders = (role: Role) => prepared(db.sql, 'SELECT person_id FROM role_grant WHERE role = ? ORDER BY rowid').pluck().all(role) as string[];
	const first = (role: Role) => holders(role)[0] ?? '';
	// The second complaints officer is let into none of them: somebody has to be a stranger to each case.
	const secretary = first('membership_officer');
	return { officer: first('complaints_officer'), secretary, lay: first('lay_panel_member'), investigator: holders('assessor')[1] ?? '' };
}

/** Every story with the number of whom it is about, the oldest first. */
function inOrder(ctx: Ctx): Told[] {
	const stories = [...STORIES, ...OUTCOMES];
	const numbers = respondentsIn(ctx, stories.length);
	const about = ({ story, goesOn }: Told, i: number): Told => {
		const number = story.described === undefined ? numbers[i] : undefined;
		return { story: { ...story, ...(number === undefined ? {} : { number }) }, goesOn };
	};
	return stories.map(about).sort((a, b) => b.story.daysAgo - a.story.daysAgo);
}

const STORIES: readonly Told[] = [
	{
		story: {
			daysAgo: 210,
			source: 'former_client',
			name: 'Rosalind',
			happened: 'My sessions ended from one week to the next, by a text message. I had been told that we would use the last four to say goodbye.',
			more: { outcome: { hopes: ['explanation', 'protect'] } },
		},
		goesOn(one) {
			accept(one, 210);
			disclose(one, 190, 'ending_therapy', 'Ended the work by a text message, without the ending that was agreed.');
			investigates(one, 180);
			one.act('officer', 165, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
			one.act('officer', 137, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
			one.act('officer', 100, 'propose-flag', { flag: 'safeguarding', words: 'A letter that came since speaks of a second person, who is sixteen.' });
			agree(one, 100);
			one.act('investigator', 80, 'report', {
				words: 'What the records show, and what both sides say, stands in the report. There is something for a panel to decide.',
			});
		},
	},
	{
		story: {
			daysAgo: 175,
			source: 'former_client',
			name: 'Ignatius',
			happened: 'They told me that I had missed two sessions. I had not, and I was asked to pay for both.',
		},
		goesOn(one) {
			accept(one, 175);
			disclose(one, 160, 'fees_contract', 'Charged for two sessions that were attended.');
			investigates(one, 150);
			one.act('officer', 132, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
			one.act('officer', 104, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
			one.act('investigator', 80, 'report', { words: 'Both diaries were seen, and the bank statements of both. The two sessions were charged once.' });
			findsNoCase(one, 60);
		},
	},
	{
		story: {
			caseKey: SETTLED,
			daysAgo: 150,
			source: 'client',
			name: 'Delphine',
			happened: 'I asked three times for a receipt for my employer. I got a short answer that was not kind, and no receipt.',
			more: { outcome: { hopes: ['apology', 'settle'] }, contact: { email: 'delphine@example.org', voicemail: 'neutral' } },
		},
		goesOn(one) {
			accept(one, 150);
			one.act('officer', 138, 'allegation', { category: 'communication', words: 'Answered a fair question unkindly, and gave no receipt.' });
			one.act('officer', 137, 'settle', {
				told: 'You both said yes to trying. I will ring you on Tuesday.',
				toldRespondent: 'A concern was raised, and they would like to settle it.',
			});
			one.act('officer', 110, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
			one.act('officer', 104, 'offer', { words: 'An apology in writing, and a receipt within a week of each session from now on.', months: '' });
			one.act('officer', 102, 'offer-answer', { side: 'complainant', answer: 'agreed', words: 'By telephone: “That is all I wanted.”' });
			one.act('officer', 100, 'offer-answer', { side: 'respondent', answer: 'agreed', words: 'By telephone: they will write today.' });
			close(one, 95, 'communication', 'Say in the first session how receipts are asked for.');
		},
	},
	{
		story: {
			daysAgo: 120,
			source: 'carer_family',
			described: 'A counsellor who works in the same building. I do not think that they are on your register.',
			happened: 'They would not tell me how my grown-up son is getting on.',
		},
		goesOn(one) {
			takeOn(one, 118);
			one.act('officer', 118, 'acknowledge', { told: RECEIVED });
			one.act('officer', 116, 'let-in', { person: one.staff.lay, capacity: 'lay_screener', untilOn: typed(one.ctx, 120) });
			one.act('lay', 116, 'declare', { declared: 'none' });
			one.act('officer', 115, 'propose-decline', {
				told: 'They are not on our register, and what somebody says in therapy is theirs. I have written down below whom you can ask.',
				words: 'Nobody of ours, and no breach if it were.',
			});
			agree(one, 114);
		},
	},
	{
		story: {
			caseKey: LOOKED_INTO,
			daysAgo: 100,
			source: 'former_client',
			name: 'Ottoline',
			happened: 'What I said in a session about my sister was known at the place where she works. I had told nobody else.',
			more: {
				tried: { tried: 'I asked them. They said that it could not have come from them.' },
				outcome: { hopes: ['explanation', 'learning'] },
				needs: { needs: 'Please write instead of ringing.' },
				witnesses: { people: 'My sister, who agreed to be asked' },
			},
		},
		goesOn(one) {
			accept(one, 100);
			disclose(one, 84, 'confidentiality', 'Told somebody outside the work what was said in a session.');
			write(one, 70, 'I have found the date: it was the second week of May.');
			one.act('officer', 69, 'message', { side: 'complainant', words: 'Thank you. I have put the date into the file.' });
			one.act('officer', 58, 'replied', {
				words: 'They reply that two people share the waiting room, and that they have changed how they take telephone calls.',
			});
			one.act('officer', 30, 'update', { told: NOTHING_NEW, toldRespondent: NOTHING_NEW });
			investigates(one, 28);
		},
	},
	{
		story: { daysAgo: 60, source: 'client', name: 'Casimir', happened: 'They were late to six of our ten sessions, and charged for all of each.' },
		goesOn(one) {
			accept(one, 60);
			const { seen } = wayIn.trackerOf(anybody(one.ctx, 41), one.raised.id);
			wayIn.actAsComplainant(anybody(one.ctx, 41), one.raised.id, 'withdraw', { seen, words: 'We have talked, and it is all right now.' });
			close(one, 38, 'setting', 'Lateness is not charged for: worth a line in the leaflet.');
		},
	},
	{
		story: {
			caseKey: ASKED,
			daysAgo: 40,
			source: 'on_behalf',
			name: 'Wilfred',
			happened: 'I write for my mother, who knows. Her therapist asked her to lend them money.',
			more: { contact: { email: 'wilfred@example.org', times: 'Evenings' } },
		},
		goesOn(one) {
			accept(one, 40);
			one.act('officer', 12, 'ask', { told: 'Was anything put into writing about the money? A photograph of it would be enough.' });
		},
	},
	{
		story: {
			caseKey: PAUSED,
			daysAgo: 33,
			source: 'client',
			happened: 'I was asked about my faith again and again, although I had said that I would rather not talk of it.',
			more: { needs: { needs: 'More time between letters, please.' } },
		},
		goesOn(one) {
			accept(one, 33);
			const { seen } = wayIn.trackerOf(anybody(one.ctx, 4), one.raised.id);
			wayIn.actAsComplainant(anybody(one.ctx, 4), one.raised.id, 'pause', { seen, words: 'I need a few weeks.' });
		},
	},
	{
		story: {
			daysAgo: 17,
			source: 'colleague',
			happened: 'Their page says that they are accredited as a supervisor. I cannot find that on the register.',
			described: 'Somebody in Leeds who calls herself a senior supervisor',
		},
		goesOn(one) {
			takeOn(one, 11);
			one.act('officer', 10, 'acknowledge', { told: RECEIVED });
			one.act('officer', 3, 'let-in', { person: one.staff.lay, capacity: 'lay_screener', untilOn: typed(one.ctx, 120) });
			one.act('officer', 2, 'propose-accept', {
				told: ACCEPTED,
				words: 'Using a title that one does not hold is for us, if she is on our register under another name.',
			});
		},
	},
	{
		story: {
			caseKey: NEW,
			daysAgo: 1,
			source: 'client',
			name: 'Juniper',
			happened: 'My notes were left on a train. I was told so by somebody who found them.',
		},
		goesOn: () => undefined,
	},
	{
		story: { caseKey: DRAFT, daysAgo: 5, source: 'unnamed', happened: 'I am not sure yet whether I want to send this. It is about' },
		goesOn: null,
	},
];
