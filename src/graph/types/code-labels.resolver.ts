import { Args, FieldResolver, Resolver, Root } from 'type-graphql';
import type { Code as RegisteredCode } from './code-list.js';
import { Code, CodeList } from './code-list.resolver.js';
import './field-list.js';
import { InLanguage, Language, languageDescription, languageOf, nameIn } from './names.js';

type Labelled = Pick<RegisteredCode, 'labels'>;

const languageOfLabel = ({ labels }: Labelled, { language }: InLanguage): Language =>
  languageOf(labels, language) ?? language;

@Resolver(() => Code)
class CodeLabels {
  @FieldResolver(() => Language, { description: languageDescription('label') })
  labelLanguage(@Root() code: Labelled, @Args(() => InLanguage) args: InLanguage): Language {
    return languageOfLabel(code, args);
  }
}

@Resolver(() => CodeList)
class CodeListLabels {
  @FieldResolver(() => String, {
    description:
      'Label of the enum, such as the heading of a column, in Dutch, English or Chinese; in English for PINYIN.',
  })
  label(@Root() { labels }: Labelled, @Args(() => InLanguage) { language }: InLanguage): string {
    return nameIn(labels, language);
  }

  @FieldResolver(() => Language, { description: languageDescription('label') })
  labelLanguage(@Root() list: Labelled, @Args(() => InLanguage) args: InLanguage): Language {
    return languageOfLabel(list, args);
  }
}

export const codeLabelResolvers = [CodeLabels, CodeListLabels] as const;
