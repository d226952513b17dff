import { changeDev, readDevPanel } from '../../contract/dev.ts'
import type { AnswerOf, ValueOf } from '../../contract/endpoint.ts'
import { readServerInfo } from '../../contract/server.ts'
import { callAction, callEndpoint } from './endpoint.ts'

/** The panel of `sidegate dev`. */
export type DevPanel = AnswerOf<typeof readDevPanel>

type Actions = (typeof changeDev)['actions']

/** Whether the server has the panel. */
export async function isDevServer(): Promise<boolean> {
  const info = await callEndpoint(readServerInfo, { id: '*' })
  return info.isDev === true
}

export function readPanel(signal?: AbortSignal): Promise<DevPanel> {
  return callEndpoint(readDevPanel, { signal })
}

/** Skips time. */
export function passTime(minutes: number): Promise<DevPanel> {
  return callAction(changeDev, 'pass', { body: { minutes } })
}

/** Adds replies to HTTP calls, until the server ends. */
export function addReply(yaml: string): Promise<DevPanel> {
  return callAction(changeDev, 'addReply', { body: { yaml } })
}

/** Lets calls to the allowed hosts leave this machine, or not. */
export function openCalls(isOpen: boolean): Promise<DevPanel> {
  return callAction(changeDev, 'open', { body: { isOpen } })
}

/** Lets one side count for a thing that both changed. */
export function takeSide(body: ValueOf<Actions['take']['body']>): Promise<DevPanel> {
  return callAction(changeDev, 'take', { body })
}
