import { useHelpDesk } from '../layout/queries.ts'

/** @returns a function that names an action in the page's language; without a translation, the action itself. */
export function useActionName(): (action: string) => string {
  const { actionTexts } = useHelpDesk()
  return (action) => (Object.hasOwn(actionTexts, action) && actionTexts[action]) || action
}
