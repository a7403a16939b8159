/** Letters to the sides of a case, as the office writes them. */
export { doLetterAct } from './letter-acts.ts';
export { approveLetter, beginLetter, changeLetter, dropLetter } from './letter-commands.ts';
export { beginLetterForm, type LetterAct, letterActOf, letterForms } from './letter-form.ts';
export { lettersTo } from './letter-queries.ts';
export { letterPaper, sendLetter } from './letter-send.ts';
export { LETTER_ACTS, lettersView, letterView } from './letter-view.ts';
