import type { Page } from '@lianfang/subgraph';
import { In, type EntityManager } from 'typeorm';
import { z } from 'zod';
import { Appeal } from './appeal.entity';
import type { AppealFilter } from './appeal.input';

/** Where a page of appeals stands: when it was received (ISO), and its id. */
export const appealPlace = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** The place of an appeal in the list. */
export const placeOfAppeal = ({ receivedAt, id }: Appeal): [string, string] => [receivedAt.toISOString(), id];

/** Appeals that the caller sees, newest first; one more than asked tells whether others follow. */
export async function listAppeals(manager: EntityManager, filter: AppealFilter, page: Page<z.output<typeof appealPlace>>): Promise<Appeal[]> {
  const rows = await manager.query<{ id: string }[]>(
    `select id from appeal
     where ($1::text is null or state = $1)
       and ($2::text is null or request_id::text = $2)
       and ($3::timestamptz is null or (received_at, id) < ($3, $4::uuid))
     order by received_at desc, id desc
     limit $5`,
    [filter.state ?? null, filter.requestId ?? null, page.after?.[0] ?? null, page.after?.[1] ?? null, page.first + 1],
  );
  const found = new Map((await manager.findBy(Appeal, { id: In(rows.map(({ id }) => id)) })).map((appeal) => [appeal.id, appeal]));
  return rows.flatMap(({ id }) => found.get(id) ?? []);
}
