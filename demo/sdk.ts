import { Config, FRAuth } from '@forgerock/javascript-sdk'

// The SDK's types can't be resolved here, because they import each other without file extensions. These declare
// what the demo uses.

export type Callback = {
  getType(): string
  getOutputByName(name: string, otherwise: string): string
  setInputValue(value: string): void
}

export type Step = {
  type: 'Step'
  payload: { authId: string }
  callbacks: Callback[]
  getHeader(): string
  getDescription(): string
}

export type Result = Step | { type: 'LoginSuccess'; getSessionToken(): string } | { type: 'LoginFailure' }

export type StepOptions = { tree?: string; query?: Record<string, string>; middleware?: Middleware[] }

type Middleware = (
  request: { url: URL; init: RequestInit },
  action: { type: string },
  next: () => void,
) => void

export function configure(baseUrl: string, realmPath: string): void {
  Config.set({ serverConfig: { baseUrl: `${baseUrl}/`, timeout: 30_000 }, realmPath })
}

export const start: (options: StepOptions) => Promise<Result> = FRAuth.start
export const next: (step: Step, options?: StepOptions) => Promise<Result> = FRAuth.next

/** Adds headers to the requests of a step. */
export function withHeaders(more: Readonly<Record<string, string>>): StepOptions {
  const middleware: Middleware = (request, _action, proceed) => {
    const headers = new Headers(request.init.headers)
    for (const [name, value] of Object.entries(more)) headers.set(name, value)
    request.init.headers = headers
    proceed()
  }
  return { middleware: [middleware] }
}
