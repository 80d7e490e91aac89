import type { Page } from '@lianfang/subgraph';
import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { Notice } from './notice.entity';
import type { NoticeFilter } from './notice.input';

/** Where a page of notices stands: from when it may be told (ISO), and its id. */
export const noticePlace = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** The place of a notice in the list. */
export const placeOfNotice = ({ deliverAfter, id }: Notice): [string, string] => [deliverAfter.toISOString(), id];

/** Notices that may be told by now, newest first; one more than asked tells whether others follow. */
export async function listNotices(manager: EntityManager, filter: NoticeFilter, { now, page }: { now: Date; page: Page<z.output<typeof noticePlace>> }): Promise<Notice[]> {
  const rows = await manager.query<{ id: string }[]>(
    `select id from notice
     where deliver_after <= $1
       and ($2::text[] is null or kind = any($2))
       and ($3::text is null or audience = $3)
       and ($4::text is null or case_id::text = $4)
       and ($5::text is null or request_id::text = $5)
       and ($6::timestamptz is null or (deliver_after, id) < ($6, $7::uuid))
     order by deliver_after desc, id desc
     limit $8`,
    [now, filter.kinds ?? null, filter.audience ?? null, filter.caseId ?? null, filter.requestId ?? null, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
  const found = new Map((await manager.findBy(Notice, { id: In(rows.map(({ id }) => id)) })).map((notice) => [notice.id, notice]));
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}
