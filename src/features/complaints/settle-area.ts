/** Terms to settle a concern, and what each side says to them. */
export { answerAsComplainant, answerAsRespondent, answerForm, makeOffer, recordAnswer } from './settle-commands.ts';
export { ANSWERS_TO_OFFER, type OfferAnswer, type OfferSeen, offerFor, termsForComplainant } from './settle-store.ts';
