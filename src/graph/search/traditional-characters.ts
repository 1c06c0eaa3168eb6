/**
 * Traditional characters, each followed by its simplified one: those whose simplified one occurs in a name of GB/T 2260 (the
 * provinces, cities and counties of China), or in a Chinese name or title of our seeds. From the table TSCharacters of
 * OpenCC (https://github.com/BYVoid/OpenCC, Apache-2.0).
 */
const PAIRS = [
  '亞亚佈布來来侖仑倉仓個个們们倫伦偉伟傢家僑侨僕仆儀仪兒儿兗兖內内兩两冊册凈净凱凯則则剋克剛刚創创劃划劄札劍剑務务勝胜勸劝勻匀匯汇區区協协卽即厤历叢丛吳吴呂吕員员',
  '啓启啟启單单噹当嚮向囌苏國国圍围園园圖图團团垻坝堯尧場场塗涂墊垫墰坛墾垦壇坛壘垒壜坛壩坝壯壮壺壶壽寿夢梦夾夹奧奥婁娄孫孙宮宫實实寧宁審审寬宽寶宝將将尋寻對对岡冈',
  '峯峰島岛峽峡崍崃崑昆崗岗崙仑嵐岚嶗崂嶧峄嶺岭嶼屿嶽岳巖岩師师幹干庫库廂厢廈厦廕荫廠厂廣广廬庐張张強强彌弥彙汇彥彦彿佛後后從从復复徵征恆恒愛爱慄栗慶庆憑凭應应懞蒙',
  '懷怀揚扬撫抚敘叙於于旂旗晉晋暉晖曆历曏向會会朮术東东枴拐柺拐査查棗枣棲栖楊杨業业極极榦干榮荣樂乐樅枞樑梁樓楼樹树樺桦橋桥橫横檯台權权欒栾欽钦歐欧歷历歸归沖冲涇泾',
  '涼凉淥渌淨净淩凌淶涞渦涡渾浑湞浈湯汤準准溝沟溫温溮浉滄沧滎荥滙汇滿满漢汉漣涟漵溆潁颍潛潜潤润潯浔澗涧澠渑澤泽澱淀濛蒙濟济濰潍濱滨瀋沈瀏浏瀘泸瀰弥瀾澜灘滩灣湾灤滦',
  '為为烏乌無无煙烟煩烦燈灯營营爐炉爲为爾尔猶犹獅狮獨独獲获獻献現现琿珲瑤瑶瑪玛環环瓊琼甌瓯甕瓮產产産产畢毕當当疇畴疊叠發发監监盤盘盧卢眞真矇蒙硯砚碩硕碭砀確确礄硚',
  '礦矿祿禄禪禅禮礼稜棱稱称穀谷積积穫获窪洼競竞箇个箚札節节範范簡简糰团紅红納纳紐纽級级紮扎細细紹绍結结絳绛綏绥經经綜综綠绿維维綵彩綿绵緑绿縉缙縣县總总績绩織织罈坛',
  '罎坛羅罗羣群義义習习聖圣聞闻聯联聶聂肅肃脩修脫脱膠胶臘腊臥卧臨临臺台興兴舊旧舘馆荊荆莊庄華华菴庵菸烟萊莱萬万葉叶蒼苍蓋盖蓮莲蔭荫蕪芜蕭萧薊蓟薌芗薑姜薩萨藍蓝藴蕴',
  '藺蔺蘄蕲蘆芦蘇苏蘊蕴蘭兰蘿萝術术衕同衚胡衛卫衝冲袷夹裏里裡里複复覺觉觀观託托訥讷許许詔诏誌志誼谊調调諸诸諾诺謀谋謙谦謝谢謨谟譙谯譜谱讓让讚赞谿溪豐丰貝贝貞贞貢贡',
  '貴贵費费賀贺資资賈贾賓宾賚赉賢贤賽赛贊赞贛赣趙赵車车軍军載载輝辉輪轮輿舆轄辖轉转辦办農农迴回連连週周進进遊游運运達达遙遥遜逊遠远遷迁遼辽邁迈邊边郟郏郵邮鄆郓鄉乡',
  '鄒邹鄖郧鄧邓鄭郑鄰邻鄲郸鄴邺鈡钟鉅巨鉛铅銀银銅铜鋒锋鋼钢錢钱錦锦錫锡錯错錶表鍾钟鎣蓥鎭镇鎮镇鏡镜鐘钟鐵铁鑲镶長长門门開开間间閔闵閣阁閤合閩闽閬阆閻阎關关陘陉陝陕',
  '陰阴陳陈陸陆陽阳隨随隴陇雙双雜杂雞鸡離离雲云電电霑沾靈灵靜静鞏巩韆千韋韦韓韩響响頂顶項项順顺頓顿頗颇領领頭头額额類类風风颱台餘余館馆饒饶馬马駐驻騰腾驊骅驗验驛驿',
  '體体髮发鬆松鬍胡鬥斗鬱郁魚鱼魯鲁鮁鲅鮮鲜鯉鲤鳩鸠鳳凤鳴鸣鴨鸭鶴鹤鷄鸡鷹鹰鹹咸鹼碱鹽盐麗丽麥麦麯曲麴曲黃黄點点黨党齊齐龍龙',
].join('');

const SIMPLIFIED = new Map<string, string>();
/** The simplified characters, each with itself and its traditional ones. */
const SPELLINGS = new Map<string, readonly string[]>();
for (let i = 0; i < PAIRS.length; i += 2) {
  const [traditional, simplified] = [PAIRS.charAt(i), PAIRS.charAt(i + 1)];
  SIMPLIFIED.set(traditional, simplified);
  SPELLINGS.set(simplified, [...(SPELLINGS.get(simplified) ?? [simplified]), traditional]);
}

/** Returns a text with its traditional characters replaced by simplified ones: 江蘇 → 江苏. */
export const simplify = (text: string): string =>
  [...text].map(character => SIMPLIFIED.get(character) ?? character).join('');

/** Returns the spellings of one or two hanzi, in simplified and in traditional characters: 江苏 → 江苏, 江蘇, 江囌. */
export const spellingsOfHanzi = (word: string): string[] =>
  [...simplify(word)].reduce(
    (starts, character) => starts.flatMap(start => (SPELLINGS.get(character) ?? [character]).map(end => start + end)),
    [''],
  );
