import { useWords } from '../translations/words.tsx'

/** Nothing to see yet: the page is quick, or it is said why not. */
export function Opening({ isLeaving }: { isLeaving: boolean }) {
  const words = useWords()
  return (
    <h1 className="spoken" role="status">
      {isLeaving ? words.leaving : words.moment}
    </h1>
  )
}
