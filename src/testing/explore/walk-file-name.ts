/** The name of the walk file of a journey. @param kind such as `.explored`. */
export function walkFileName(journey: string, kind = ''): string {
  return `${journey.replaceAll(/[^\w.-]+/g, '-')}${kind}.walk.yaml`
}
