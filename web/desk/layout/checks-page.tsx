import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { t } from '../../translate/translate.ts'
import { PageSkeleton } from '../components/skeleton.tsx'
import { useDocumentTitle } from '../components/use-document-title.ts'
import { useNavigate } from '../navigation/navigation.ts'
import { useCheckList } from './use-check-list.ts'

/** The desk while no check is selected. */
export function ChecksPage() {
  const navigate = useNavigate()
  const { running, isReady } = useCheckList()
  useDocumentTitle(t('Desk'))
  if (!isReady) return <PageSkeleton title={t('Checks')} />
  const count = running.length
  return (
    <section className={count === 0 ? 'desk-empty' : 'desk-empty has-checks'}>
      <Arch />
      <h1>{count === 0 ? t('No checks in progress') : t('{count} in progress', { count })}</h1>
      <p>
        {count === 0
          ? t(
              'When someone calls with a risky request, start a check. They prove who they are on their own device while you watch here.',
            )
          : t('Select one to watch it, or start another.')}
      </p>
      <Button
        leftSection={<IconPlus size={16} stroke={2} aria-hidden />}
        onClick={() => navigate({ page: 'new' })}
      >
        {t('New check')}
      </Button>
    </section>
  )
}

function Arch() {
  return (
    <svg className="desk-arch" viewBox="0 0 176 92" aria-hidden="true">
      <path className="way" d="M2 88h30V44a30 30 0 0 1 30-30h52a30 30 0 0 1 30 30v44h30" />
      <circle cx="88" cy="14" r="8" />
      <path className="ground" d="M70 88h36" />
    </svg>
  )
}
