import { useEditor } from '../editor-context.tsx'

const format = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Who saved the journey last, and when. */
export function SaveMark() {
  const { savedAt, savedBy, saves } = useEditor(({ saved }) => saved)
  if (savedAt === null) return 'Not saved by anybody yet'
  return (
    <>
      Version {saves}, {format.format(savedAt)}
      {savedBy !== null && (
        <>
          {' by '}
          <bdi>{savedBy}</bdi>
        </>
      )}
    </>
  )
}
