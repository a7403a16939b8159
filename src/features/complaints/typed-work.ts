/** Everything that the pages under `/office/concerns/typed` need: what came by telephone, letter or e-mail. */
export { beginTyped, checkTyped, dropTyped, giveKey, recordConfirmation, saveTyped, saveTypedAbout } from './typed-commands.ts';
export { checkTypedForm, confirmTypedForm, giveKeyForm, typedForm } from './typed-forms.ts';
export { canCheck, canType, ownTyped, type TypedDraft } from './typed-store.ts';
export { CAME_WORDS, CONFIRMED_WORDS, typedCheckView, typedLists, typedView } from './typed-view.ts';
