import { relative, resolve } from 'node:path'
import type { Place } from '../journeys/exchange/places.ts'

/** A message that GitHub shows at a line of a file. */
export type Annotation = {
  level: 'error' | 'warning' | 'notice'
  /** Without a place, GitHub shows the message with the run. */
  place: Place | undefined
  title: string
  message: string
}

/** Whether the command runs in a workflow of GitHub Actions, which turns lines of its output into annotations. */
export function isInGitHubActions(environment: NodeJS.ProcessEnv): boolean {
  return environment.GITHUB_ACTIONS === 'true'
}

/**
 * The line of output that GitHub turns into an annotation.
 * @param environment has the folder of the repository, because GitHub takes paths relative to it.
 */
export function annotationLine(
  { level, place, title, message }: Annotation,
  { GITHUB_WORKSPACE: workspace }: NodeJS.ProcessEnv,
): string {
  const file = place && workspace ? relative(workspace, resolve(place.file)) : place?.file
  const at = place === undefined ? [] : [`file=${property(file ?? '')}`, `line=${place.line}`]
  return `::${level} ${[...at, `title=${property(title)}`].join(',')}::${data(message)}`
}

/** Escaped as the vendor's toolkit does, so that no text can end the line and begin another command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
}
