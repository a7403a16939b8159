/** Too many people are signing in this second, or too many attempts were made. The form answers 429 and says when to try again. */
export class TooBusy extends Error {
	readonly status = 429;
	/** Seconds. */
	readonly retryAfter: number;
	constructor(message: string, retryAfter: number) {
		super(message);
		this.retryAfter = retryAfter;
	}
}
