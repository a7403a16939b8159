import { CONCERNS_TO_TRY } from '#db/seed/concerns.ts';
import { accept, type Case, close, disclose, investigates, runs, updates } from './demonstration-concerns-acts.ts';
import { getsLetters, isEnough, isHeard, isMet, isPublished, isSuspendedMeanwhile, shows } from './demonstration-concerns-orders.ts';
import { refersIt } from './demonstration-concerns-panel.ts';
import type { Story } from './demonstration-concerns-raise.ts';

const HEARD = CONCERNS_TO_TRY.at(-1)?.caseKey ?? '';

type Told = { story: Story; goesOn: (of: Case) => void | Promise<void> };

/** A suspension that was met and is over; conditions in force, one met and one to be judged; an interim suspension while a case is looked into. */
export const OUTCOMES: readonly Told[] = [
	{
		story: {
			daysAgo: 385,
			source: 'former_client',
			name: 'Leontine',
			happened: 'I asked for my notes after we had ended. I was sent pages that had been written for me to see, and later I saw the others.',
		},
		goesOn(one) {
			accept(one, 385);
			disclose(one, 368, 'record_keeping', 'Gave a former client other notes than those that were made.');
			investigates(one, 360);
			updates(one, 340);
			one.act('investigator', 330, 'report', { words: 'Both sets of notes were seen, and when each was written.' });
			refersIt(one, 312);
			runs(one, 311);
			updates(one, 290);
			isHeard(one, 268, {
				facts: 'The second set was written a week after it was asked for.',
				breach: 'Records are kept as they were made, and a client may trust that they are.',
				sanction: 'It was put right by the therapist, late. Time away, and proof of what was learned, is enough.',
				order: 'suspension',
				months: '4',
			});
			updates(one, 245);
			const key = isPublished(one, 237, { words: 'A panel found that records given to a former client were not those that had been made.' });
			updates(one, 218, 190, 162, 134);
			isMet(one, 121, key, 'The review saw the course, the new way of keeping records, and six months of them. Nothing more is needed.');
			close(one, 110, 'practice', 'Say to everybody how to answer somebody who asks for their notes.');
		},
	},
	{
		story: {
			caseKey: HEARD,
			daysAgo: 300,
			source: 'former_client',
			name: 'Araminta',
			happened: 'After our sessions had ended I was asked to help with their house, and later with their accounts. I did not know how to say no.',
			more: { outcome: { hopes: ['protect', 'learning'] } },
		},
		async goesOn(one) {
			accept(one, 300);
			disclose(one, 284, 'boundaries_non_sexual', 'Asked a former client for work in their house, and on their accounts.');
			one.act('officer', 262, 'replied', { words: 'They reply that it was offered, and see now that they should have declined it.' });
			investigates(one, 258);
			one.act('investigator', 240, 'report', { words: 'The messages of both are clear on who asked whom.' });
			refersIt(one, 222);
			runs(one, 221);
			updates(one, 205);
			isHeard(one, 182, {
				facts: 'The messages show that it was asked for, three times.',
				breach: 'What somebody was to a therapist does not end with the last session.',
				sanction: 'They have seen what it did. With close supervision they can work safely.',
				order: 'conditions',
				months: '12',
			});
			await getsLetters(one, 181);
			updates(one, 168);
			const key = isPublished(one, 151, {
				reviewMonths: '6',
				words: 'A panel found that a former client was asked for private work. This therapist may practise with these conditions:',
				conditions: [
					{
						words: 'Meet a supervisor whom we have agreed to every two weeks, and send us what the supervisor writes about the first two months.',
						publicText: 'Supervision every two weeks, by somebody whom we have agreed to.',
						dueIn: -90,
					},
					{
						words: 'Take a course on endings and on what comes after them, and write two pages on what you do differently.',
						publicText: 'A course on endings, and on what comes after them.',
						dueIn: 12,
					},
				],
			});
			updates(one, 140, 112);
			shows(one, 100, key, 1, 'My supervisor has written to you. We met every second Thursday, and missed none.');
			isEnough(one, 93, key, 1, 'Thank you. What your supervisor wrote says what we need to know.');
			updates(one, 84, 56, 28);
			shows(one, 4, key, 2, 'I finished the course in October. My two pages are about the six months after an ending.');
			updates(one, 2);
		},
	},
	{
		story: {
			daysAgo: 130,
			source: 'colleague',
			name: 'Evander',
			happened: 'I share rooms with them. Twice in one month a session went on while they could hardly stand, and I sent the client home.',
		},
		goesOn(one) {
			accept(one, 130);
			disclose(one, 116, 'health', 'Saw clients when not fit to.');
			investigates(one, 112);
			runs(one, 101);
			isSuspendedMeanwhile(one, 97, 'It happened twice, and the next clients are booked.');
			isPublished(one, 97, {});
			updates(one, 88, 60, 32, 4);
		},
	},
];
