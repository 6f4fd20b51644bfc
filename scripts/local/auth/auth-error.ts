/** A refusal in GoTrue's words; auth-js reads `error_code` and `msg`. */
export class AuthError extends Error {
    readonly status: number;
    readonly code: string;

    constructor(status: number, code: string, message: string) {
        super(message);
        this.status = status;
        this.code = code;
    }
}
