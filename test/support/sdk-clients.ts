import { Config, FRAuth, SessionManager } from '@forgerock/javascript-sdk'
import { journey } from '@forgerock/journey-client'
import { defined } from '../../src/base/defined.ts'

// The common interface of two similar SDKs. The types of one do not resolve here (see demo/sdk.ts), and those of the
// other name the class of each callback, so both are cast to this interface below.

export type SdkCallback = {
  getType(): string
  getOutputByName<Value>(name: string, otherwise: Value): Value
  setInputValue(value: unknown, selector?: string | RegExp): void
}

export type SdkStep = {
  type: 'Step'
  payload: { authId: string }
  callbacks: SdkCallback[]
  getHeader(): string | undefined
  getDescription(): string | undefined
  getStage(): string | undefined
}

export type SdkSuccess = {
  type: 'LoginSuccess'
  getSessionToken(): string | undefined
  getSuccessUrl(): string | undefined
  getRealm(): string | undefined
}

export type SdkFailure = {
  type: 'LoginFailure'
  getCode(): number
  getReason(): string | undefined
  getMessage(): string | undefined
  getDetail(): { failureUrl?: string; errorCode?: string } | undefined
}

export type SdkResult = SdkStep | SdkSuccess | SdkFailure

type Query = Record<string, string>

/** A vendor's client for one realm. */
export type SdkClient = {
  /** Without a journey: the realm's default, or the one in the query. */
  start(journey?: string, query?: Query): Promise<SdkResult>
  next(step: SdkStep, query?: Query): Promise<SdkResult>
  resume(url: string): Promise<SdkResult>
  logout(): Promise<unknown>
}

/** Added to every request: the server holds waiting pages until something changes, so that no test sleeps. */
const patience = 'wait=20'

type FrMiddleware = (request: { init: RequestInit }, action: unknown, next: () => void) => void

async function javascriptSdk(baseUrl: string, realmPath: string): Promise<SdkClient> {
  const middleware: FrMiddleware = (request, _action, next) => {
    const headers = new Headers(request.init.headers)
    headers.set('prefer', patience)
    request.init.headers = headers
    next()
  }
  Config.set({
    serverConfig: { baseUrl: `${baseUrl}/`, timeout: 30_000 },
    realmPath,
    middleware: [middleware],
  })
  const next: SdkClient['next'] = (step, query = {}) => FRAuth.next(step, { query })
  return {
    start: (tree, query = {}) => FRAuth.start({ ...defined({ tree }), query }),
    next,
    resume: (url) => FRAuth.resume(url),
    logout: () => SessionManager.logout(),
  }
}

async function journeyClient(baseUrl: string, realmPath: string): Promise<SdkClient> {
  const wellknown = `${baseUrl}/oauth2/realms/root/realms/${realmPath}/.well-known/openid-configuration`
  const client = await journey({
    config: { serverConfig: { wellknown } },
    requestMiddleware: [
      (request, _action, next) => {
        request.headers.set('prefer', patience)
        next()
      },
    ],
  })
  return {
    start: async (tree = '', query = {}) => narrowed(await client.start({ journey: tree, query })),
    // The step comes from this client.
    next: async (step, query = {}) =>
      narrowed(await client.next(step as Parameters<typeof client.next>[0], { query })),
    resume: async (url) => narrowed(await client.resume(url)),
    logout: () => client.terminate(),
  }
}

type JourneyResult = Awaited<ReturnType<Awaited<ReturnType<typeof journey>>['start']>>

/** @throws Error if the client reports one because it did not understand the answer. */
function narrowed(result: JourneyResult): SdkResult {
  if ('error' in result) throw new Error(JSON.stringify(result))
  return result as SdkResult
}

export const sdkClients = { 'javascript-sdk': javascriptSdk, 'journey-client': journeyClient }
