import { listAlarms as listEndpoint, useAlarm } from '../../contract/alarms.ts'
import type { ItemOf } from '../../contract/endpoint.ts'
import { callAction, callEndpoint } from './endpoint.ts'

/** An alarm of the help desk that no lead has acknowledged. */
export type Alarm = ItemOf<typeof listEndpoint>

/** Those of the realm, newest first. @throws ApiError 401 or 403 if the person is no lead. */
export async function listAlarms(realm: string, signal?: AbortSignal): Promise<Alarm[]> {
  return (await callEndpoint(listEndpoint, { realm, signal })).result
}

/** @throws ApiError 403 if the lead is involved, 404 if the alarm was raised again. */
export async function acknowledgeAlarm(realm: string, id: string): Promise<void> {
  await callAction(useAlarm, 'acknowledge', { realm, id })
}
