/** An action as the agent reads it. Without a translation, as the realm lists it. */
export function actionText(action: string): string {
  return action
}
