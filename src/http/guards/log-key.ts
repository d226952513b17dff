import { RequestError } from '../../base/errors.ts'
import { isSameSecret } from '../../secrets/digest.ts'
import type { Guard } from './visit.ts'

/** Requires the log API key and its secret, as the log API of PingOne Advanced Identity Cloud. */
export const requireLogKey: Guard = ({ call, logKey }) => {
  const { 'x-api-key': key, 'x-api-secret': secret } = call.headers
  const isRight =
    logKey !== undefined &&
    typeof key === 'string' &&
    typeof secret === 'string' &&
    isSameSecret(`${key}\n${secret}`, `${logKey.key}\n${logKey.secret}`)
  if (!isRight) throw new RequestError(401, 'Access Denied')
}
