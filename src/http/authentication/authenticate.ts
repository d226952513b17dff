import type { IncomingHttpHeaders } from 'node:http'
import { runJourney, stepBodySchema } from '../../../contract/authenticate.ts'
import { badRequest } from '../../base/errors.ts'
import { isJsonObject } from '../../base/json.ts'
import { runWork, type Work, waitFor } from '../../base/work.ts'
import { askingCookieName, knownBrowserCookie, sessionCookie } from '../../engine/server-cookies.ts'
import type { Authentication } from '../../runtime/authenticate.ts'
import {
  type AuthenticateAnswer,
  type AuthenticateRequest,
  type StartRequest,
  startSchema,
} from '../../runtime/authenticate-request.ts'
import { parseBody } from '../body.ts'
import { stepBodyBytes } from '../body-limits.ts'
import { presentedTokens } from '../call.ts'
import type { Answer, Call, Route, SignedIn } from '../route.ts'
import { parseCookies, writeCookie } from './cookies.ts'
import { requestView, watchHeader } from './request-view.ts'
import { setSessionCookie } from './session-cookie.ts'

/** Maximum of `Prefer: wait`, in seconds. */
const maxWaitSeconds = 30

/** Runs journeys. Source: "Authenticate endpoint parameters". */
export function authenticateRoutes({ authentication }: { authentication: Authentication }): Route[] {
  return [
    {
      ...runJourney,
      access: 'everyone',
      side: 'both',
      bodyLimitBytes: stepBodyBytes,
      summary: 'Starts a journey, answers its callbacks, or resumes it after a suspension.',
      handle: (call) => runWork(authenticate(authentication, call)),
    },
  ]
}

function* authenticate(authentication: Authentication, call: Call): Work<Answer> {
  const request = authenticateRequest(call, yield* waitFor(call.session()))
  return answerOf(call, yield* dispatch(authentication, call, request))
}

function dispatch(
  authentication: Authentication,
  call: Call,
  request: AuthenticateRequest,
): Work<AuthenticateAnswer> {
  if (isJsonObject(call.body) && 'authId' in call.body) {
    return authentication.answer(request, parseBody(stepBodySchema(), call), waitSecondsOf(call.headers))
  }
  const suspendedId = call.query.get('suspendedId')
  if (suspendedId !== null) return authentication.resume(request, suspendedId)
  if (call.body !== undefined && !isJsonObject(call.body)) {
    throw badRequest('The request body must be a JSON object: a step with its authId, or {}')
  }
  requireUpgradeByHeader(call)
  return authentication.start(request, startOf(call.query))
}

/**
 * AM also takes the session to upgrade from the address, which proxies log and anybody can write into a link.
 * @throws RequestError 400 unless the header or the cookie has the same session.
 */
function requireUpgradeByHeader({ query, headers }: Call): void {
  const token = query.get('sessionUpgradeSSOTokenId')
  if (token === null || presentedTokens(headers).includes(token)) return
  throw badRequest(`sessionUpgradeSSOTokenId is not read: send the session in the header ${sessionCookie}`)
}

function startOf(query: URLSearchParams): StartRequest {
  const type = query.get('authIndexType')
  return startSchema.parse({
    authIndex: type === null ? undefined : { type, value: query.get('authIndexValue') ?? '' },
    goto: query.get('goto') ?? undefined,
    gotoOnFail: query.get('gotoOnFail') ?? undefined,
    forceAuth: query.get('ForceAuth') === 'true',
    chosenPerson: query.get('chosenPerson') ?? undefined,
  })
}

function authenticateRequest(call: Call, signedIn: SignedIn | undefined): AuthenticateRequest {
  const cookies = parseCookies(call.headers.cookie)
  return {
    realm: call.realm,
    view: requestView(call),
    correlationId: call.correlationId,
    signedIn,
    watchKey: watchKeyOf(call.headers),
    noSession: call.query.get('noSession') === 'true',
    browserCookie: cookies[knownBrowserCookie],
    askingCookie: cookies[askingCookieName(call.baseUrl)],
    disconnected: () => call.disconnected(),
  }
}

function watchKeyOf(headers: IncomingHttpHeaders): string | undefined {
  const key = headers[watchHeader]
  return Array.isArray(key) ? key.join() : key
}

/** `Prefer: wait=N` (RFC 7240, section 4.3). Default: don't wait. */
function waitSecondsOf({ prefer }: IncomingHttpHeaders): number {
  const text = Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '')
  const seconds = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,6})/i.exec(text)?.[1]
  return seconds === undefined ? 0 : Math.min(Number(seconds), maxWaitSeconds)
}

function answerOf(call: Call, { status, body, token, headers, cookies = [] }: AuthenticateAnswer): Answer {
  return {
    status,
    body,
    headers: { ...headers, 'content-api-version': 'resource=2.1', pragma: 'no-cache', expires: '0' },
    cookies: [
      ...(token === undefined ? [] : [setSessionCookie(call.baseUrl, token)]),
      ...cookies.map(writeCookie),
    ],
  }
}
