/** Everything that the pages under `/my/concerns` need: the own area of the therapist a concern is about. */
export { ownAct } from './own-acts.ts';
export { appealAsRespondent } from './own-appeal.ts';
export { type OwnCase, respondentCase, respondentSight } from './own-door.ts';
export { giveAsRespondent, openAsRespondent, openGivenDocument, respondentDocuments } from './own-files.ts';
export { ownMessageForm, writeAsRespondent } from './own-message.ts';
export { answerInvitation, askedToSpeak, endHelper, nameHelper, speakForm } from './own-party.ts';
export { allegationsGiven, type GivenAllegation, type Reply, repliesOf, replyForm, replyIn, saveReply, sendReply } from './own-reply.ts';
export { answerTime, askForTime } from './own-time.ts';
export { hasOwnCases, type OwnLine, type OwnView, ownCases, ownView, packView, replyView } from './own-view.ts';
export { ANSWER_WORDS } from './own-words.ts';
