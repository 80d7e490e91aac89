import { askedBy, isAbout, keepAsked } from './asked-fields';

describe('an answer', () => {
  it('keeps what was asked, by its name in the answer, also within lists and fragments of any type', () => {
    const { fields } = askedBy('{ cases { a: title ...f ... on Row { part { id } } } } fragment f on Row { part { held } }');
    const answer = { cases: [[{ a: 1, title: 2, part: { id: 3, held: 4, secret: 5 } }, null], { a: { whole: 6 } }], other: 7 };

    keepAsked(answer, fields);

    expect(answer).toEqual({ cases: [[{ a: 1, part: { id: 3, held: 4 } }, null], { a: { whole: 6 } }] });
  });

  it('loses the names of every object’s prototype unless they were asked', () => {
    const answer = { toString: 1, valueOf: 2 };

    keepAsked(answer, askedBy('{ valueOf }').fields);

    expect(Object.entries(answer)).toEqual([['valueOf', 2]]);
  });
});

describe('an entity', () => {
  const asking = (fields: string) => askedBy(`query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Order { ${fields} } } }`).identity;

  it('is about what was asked only when it says so itself, as far as it was asked to', () => {
    const meant = { __typename: 'Order', id: '1' };

    expect(isAbout({ __typename: 'Order', id: '1' }, meant, asking('__typename id held'))).toBe(true);
    expect(isAbout({ __typename: 'Order', id: '2' }, meant, asking('__typename id held'))).toBe(false);
    expect(isAbout({ __typename: 'Account', id: '1' }, meant, asking('__typename id'))).toBe(false);
    expect(isAbout(null, meant, asking('__typename id'))).toBe(true);
  });

  it('may be asked for something else under the name of its id', () => {
    expect(asking('id: state')).toEqual([]);
    expect(asking('held { id }')).toEqual([]);
  });
});
