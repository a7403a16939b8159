/** Everything that the pages under `/my/concerns` need: the own area of the therapist a concern is about. */
export { type OwnCase, respondentCase, respondentSight } from './own-door.ts';
