/** The five errors that are expected, and what a browser gets for them. Anything else is a bug. */
abstract class Expected extends Error {
	abstract readonly status: number;
}

/** No such record, or none that this actor may know of. */
export class NotFound extends Expected {
	readonly status = 404;
}

/** The actor is known and may not do this. */
export class Forbidden extends Expected {
	readonly status = 403;
}

/** Nobody is signed in, or not with enough proof; the middleware sends them to that step and back. */
export class SignInRequired extends Expected {
	readonly status = 303;
	readonly step: 'sign_in' | 'second_step' | 'prove';
	constructor(message: string, step: SignInRequired['step'] = 'sign_in') {
		super(message);
		this.step = step;
	}
}

/** Someone else was faster, or the record has moved on; the message says what happened. */
export class Conflict extends Expected {
	readonly status = 409;
}

/** The input breaks a rule that only the record could show; `field` names the input it belongs to. */
export class Invalid extends Expected {
	readonly status = 422;
	readonly field: string;
	constructor(field: string, message: string) {
		super(message);
		this.field = field;
	}
}

export type ExpectedError = NotFound | Forbidden | SignInRequired | Conflict | Invalid;

/** True for the five; by status and not by `instanceof`, since the built pages carry their own copy of the classes. */
export function isExpected(error: unknown): error is ExpectedError {
	return error instanceof Error && 'status' in error && [303, 403, 404, 409, 422].includes(error.status as number);
}
