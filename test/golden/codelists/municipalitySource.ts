// Norwegian municipalities from 2016 to today, and what became of each. Facts: SSB, KLASS 131 (kommuneinndeling), and
// Kommunal- og distriktsdepartementet (fastsatte kommunenummer 2017, 2018, 2020 og 2024; vedtak om grensejustering).
// Held against two public lists: the 356 of 2020–2023 and the way of each of the 428 of 2016 to 2024.

/** The 428 of 2016: number and name (bokmål; a name may occur in several counties). */
export const MUNICIPALITIES_2016 = `
0101 Halden, 0104 Moss, 0105 Sarpsborg, 0106 Fredrikstad, 0111 Hvaler, 0118 Aremark, 0119 Marker,
0121 Rømskog, 0122 Trøgstad, 0123 Spydeberg, 0124 Askim, 0125 Eidsberg, 0127 Skiptvet, 0128 Rakkestad,
0135 Råde, 0136 Rygge, 0137 Våler, 0138 Hobøl, 0211 Vestby, 0213 Ski, 0214 Ås, 0215 Frogn, 0216 Nesodden,
0217 Oppegård, 0219 Bærum, 0220 Asker, 0221 Aurskog-Høland, 0226 Sørum, 0227 Fet, 0228 Rælingen,
0229 Enebakk, 0230 Lørenskog, 0231 Skedsmo, 0233 Nittedal, 0234 Gjerdrum, 0235 Ullensaker, 0236 Nes,
0237 Eidsvoll, 0238 Nannestad, 0239 Hurdal, 0301 Oslo, 0402 Kongsvinger, 0403 Hamar, 0412 Ringsaker,
0415 Løten, 0417 Stange, 0418 Nord-Odal, 0419 Sør-Odal, 0420 Eidskog, 0423 Grue, 0425 Åsnes, 0426 Våler,
0427 Elverum, 0428 Trysil, 0429 Åmot, 0430 Stor-Elvdal, 0432 Rendalen, 0434 Engerdal, 0436 Tolga,
0437 Tynset, 0438 Alvdal, 0439 Folldal, 0441 Os, 0501 Lillehammer, 0502 Gjøvik, 0511 Dovre, 0512 Lesja,
0513 Skjåk, 0514 Lom, 0515 Vågå, 0516 Nord-Fron, 0517 Sel, 0519 Sør-Fron, 0520 Ringebu, 0521 Øyer,
0522 Gausdal, 0528 Østre Toten, 0529 Vestre Toten, 0532 Jevnaker, 0533 Lunner, 0534 Gran,
0536 Søndre Land, 0538 Nordre Land, 0540 Sør-Aurdal, 0541 Etnedal, 0542 Nord-Aurdal, 0543 Vestre Slidre,
0544 Øystre Slidre, 0545 Vang, 0602 Drammen, 0604 Kongsberg, 0605 Ringerike, 0612 Hole, 0615 Flå,
0616 Nes, 0617 Gol, 0618 Hemsedal, 0619 Ål, 0620 Hol, 0621 Sigdal, 0622 Krødsherad, 0623 Modum,
0624 Øvre Eiker, 0625 Nedre Eiker, 0626 Lier, 0627 Røyken, 0628 Hurum, 0631 Flesberg, 0632 Rollag,
0633 Nore og Uvdal, 0701 Horten, 0702 Holmestrand, 0704 Tønsberg, 0706 Sandefjord, 0709 Larvik,
0711 Svelvik, 0713 Sande, 0714 Hof, 0716 Re, 0719 Andebu, 0720 Stokke, 0722 Nøtterøy, 0723 Tjøme,
0728 Lardal, 0805 Porsgrunn, 0806 Skien, 0807 Notodden, 0811 Siljan, 0814 Bamble, 0815 Kragerø,
0817 Drangedal, 0819 Nome, 0821 Bø, 0822 Sauherad, 0826 Tinn, 0827 Hjartdal, 0828 Seljord,
0829 Kviteseid, 0830 Nissedal, 0831 Fyresdal, 0833 Tokke, 0834 Vinje, 0901 Risør, 0904 Grimstad,
0906 Arendal, 0911 Gjerstad, 0912 Vegårshei, 0914 Tvedestrand, 0919 Froland, 0926 Lillesand,
0928 Birkenes, 0929 Åmli, 0935 Iveland, 0937 Evje og Hornnes, 0938 Bygland, 0940 Valle, 0941 Bykle,
1001 Kristiansand, 1002 Mandal, 1003 Farsund, 1004 Flekkefjord, 1014 Vennesla, 1017 Songdalen,
1018 Søgne, 1021 Marnardal, 1026 Åseral, 1027 Audnedal, 1029 Lindesnes, 1032 Lyngdal, 1034 Hægebostad,
1037 Kvinesdal, 1046 Sirdal, 1101 Eigersund, 1102 Sandnes, 1103 Stavanger, 1106 Haugesund, 1111 Sokndal,
1112 Lund, 1114 Bjerkreim, 1119 Hå, 1120 Klepp, 1121 Time, 1122 Gjesdal, 1124 Sola, 1127 Randaberg,
1129 Forsand, 1130 Strand, 1133 Hjelmeland, 1134 Suldal, 1135 Sauda, 1141 Finnøy, 1142 Rennesøy,
1144 Kvitsøy, 1145 Bokn, 1146 Tysvær, 1149 Karmøy, 1151 Utsira, 1160 Vindafjord, 1201 Bergen, 1211 Etne,
1216 Sveio, 1219 Bømlo, 1221 Stord, 1222 Fitjar, 1223 Tysnes, 1224 Kvinnherad, 1227 Jondal, 1228 Odda,
1231 Ullensvang, 1232 Eidfjord, 1233 Ulvik, 1234 Granvin, 1235 Voss, 1238 Kvam, 1241 Fusa,
1242 Samnanger, 1243 Os, 1244 Austevoll, 1245 Sund, 1246 Fjell, 1247 Askøy, 1251 Vaksdal, 1252 Modalen,
1253 Osterøy, 1256 Meland, 1259 Øygarden, 1260 Radøy, 1263 Lindås, 1264 Austrheim, 1265 Fedje,
1266 Masfjorden, 1401 Flora, 1411 Gulen, 1412 Solund, 1413 Hyllestad, 1416 Høyanger, 1417 Vik,
1418 Balestrand, 1419 Leikanger, 1420 Sogndal, 1421 Aurland, 1422 Lærdal, 1424 Årdal, 1426 Luster,
1428 Askvoll, 1429 Fjaler, 1430 Gaular, 1431 Jølster, 1432 Førde, 1433 Naustdal, 1438 Bremanger,
1439 Vågsøy, 1441 Selje, 1443 Eid, 1444 Hornindal, 1445 Gloppen, 1449 Stryn, 1502 Molde, 1504 Ålesund,
1505 Kristiansund, 1511 Vanylven, 1514 Sande, 1515 Herøy, 1516 Ulstein, 1517 Hareid, 1519 Volda,
1520 Ørsta, 1523 Ørskog, 1524 Norddal, 1525 Stranda, 1526 Stordal, 1528 Sykkylven, 1529 Skodje,
1531 Sula, 1532 Giske, 1534 Haram, 1535 Vestnes, 1539 Rauma, 1543 Nesset, 1545 Midsund, 1546 Sandøy,
1547 Aukra, 1548 Fræna, 1551 Eide, 1554 Averøy, 1557 Gjemnes, 1560 Tingvoll, 1563 Sunndal, 1566 Surnadal,
1567 Rindal, 1571 Halsa, 1573 Smøla, 1576 Aure, 1601 Trondheim, 1612 Hemne, 1613 Snillfjord, 1617 Hitra,
1620 Frøya, 1621 Ørland, 1622 Agdenes, 1624 Rissa, 1627 Bjugn, 1630 Åfjord, 1632 Roan, 1633 Osen,
1634 Oppdal, 1635 Rennebu, 1636 Meldal, 1638 Orkdal, 1640 Røros, 1644 Holtålen, 1648 Midtre Gauldal,
1653 Melhus, 1657 Skaun, 1662 Klæbu, 1663 Malvik, 1664 Selbu, 1665 Tydal, 1702 Steinkjer, 1703 Namsos,
1711 Meråker, 1714 Stjørdal, 1717 Frosta, 1718 Leksvik, 1719 Levanger, 1721 Verdal, 1724 Verran,
1725 Namdalseid, 1736 Snåsa, 1738 Lierne, 1739 Røyrvik, 1740 Namsskogan, 1742 Grong, 1743 Høylandet,
1744 Overhalla, 1748 Fosnes, 1749 Flatanger, 1750 Vikna, 1751 Nærøy, 1755 Leka, 1756 Inderøy, 1804 Bodø,
1805 Narvik, 1811 Bindal, 1812 Sømna, 1813 Brønnøy, 1815 Vega, 1816 Vevelstad, 1818 Herøy,
1820 Alstahaug, 1822 Leirfjord, 1824 Vefsn, 1825 Grane, 1826 Hattfjelldal, 1827 Dønna, 1828 Nesna,
1832 Hemnes, 1833 Rana, 1834 Lurøy, 1835 Træna, 1836 Rødøy, 1837 Meløy, 1838 Gildeskål, 1839 Beiarn,
1840 Saltdal, 1841 Fauske, 1845 Sørfold, 1848 Steigen, 1849 Hamarøy, 1850 Tysfjord, 1851 Lødingen,
1852 Tjeldsund, 1853 Evenes, 1854 Ballangen, 1856 Røst, 1857 Værøy, 1859 Flakstad, 1860 Vestvågøy,
1865 Vågan, 1866 Hadsel, 1867 Bø, 1868 Øksnes, 1870 Sortland, 1871 Andøy, 1874 Moskenes, 1902 Tromsø,
1903 Harstad, 1911 Kvæfjord, 1913 Skånland, 1917 Ibestad, 1919 Gratangen, 1920 Lavangen, 1922 Bardu,
1923 Salangen, 1924 Målselv, 1925 Sørreisa, 1926 Dyrøy, 1927 Tranøy, 1928 Torsken, 1929 Berg,
1931 Lenvik, 1933 Balsfjord, 1936 Karlsøy, 1938 Lyngen, 1939 Storfjord, 1940 Kåfjord, 1941 Skjervøy,
1942 Nordreisa, 1943 Kvænangen, 2002 Vardø, 2003 Vadsø, 2004 Hammerfest, 2011 Kautokeino, 2012 Alta,
2014 Loppa, 2015 Hasvik, 2017 Kvalsund, 2018 Måsøy, 2019 Nordkapp, 2020 Porsanger, 2021 Karasjok,
2022 Lebesby, 2023 Gamvik, 2024 Berlevåg, 2025 Tana, 2027 Nesseby, 2028 Båtsfjord, 2030 Sør-Varanger
`;

export interface Reform {
  /** First day of the new numbers. */
  date: string;
  /** How many municipalities there are from that day on. */
  count: number;
  /**
   * `new number [new name] = old numbers`. Without a name the old one is kept. `~`: only a part of the old
   * municipality went there, so its number alone does not decide where a person belongs. `~1507(1534)`: the part that
   * had been 1534. Border changes of municipalities that live on under their number are left out.
   */
  changes: string;
}

export const REFORMS: readonly Reform[] = [
  {
    date: '2017-01-01',
    count: 426,
    changes: `
0710 Sandefjord = 0706 0719 0720
`,
  },
  {
    date: '2018-01-01',
    count: 422,
    changes: `
0712 Larvik = 0709 0728, 0715 Holmestrand = 0702 0714, 0729 Færder = 0722 0723, 5001 = 1601, 5004 = 1702,
5005 = 1703, 5011 = 1612, 5012 = 1613, 5013 = 1617, 5014 = 1620, 5015 = 1621, 5016 = 1622, 5017 = 1627,
5018 = 1630, 5019 = 1632, 5020 = 1633, 5021 = 1634, 5022 = 1635, 5023 = 1636, 5024 = 1638, 5025 = 1640,
5026 = 1644, 5027 = 1648, 5028 = 1653, 5029 = 1657, 5030 = 1662, 5031 = 1663, 5032 = 1664, 5033 = 1665,
5034 = 1711, 5035 = 1714, 5036 = 1717, 5037 = 1719, 5038 = 1721, 5039 = 1724, 5040 = 1725, 5041 = 1736,
5042 = 1738, 5043 = 1739, 5044 = 1740, 5045 = 1742, 5046 = 1743, 5047 = 1744, 5048 = 1748, 5049 = 1749,
5050 = 1750, 5051 = 1751, 5052 = 1755, 5053 = 1756, 5054 Indre Fosen = 1624 1718
`,
  },
  {
    date: '2019-01-01',
    count: 422,
    changes: `
5061 = 1567
`,
  },
  {
    date: '2020-01-01',
    count: 356,
    changes: `
1103 Stavanger = 1103 1141 1142, 1108 Sandnes = 1102 ~1129, 1130 Strand = 1130 ~1129,
1506 Molde = 1502 1543 1545, 1507 Ålesund = 1504 1523 1529 1534 ~1546, 1547 Aukra = 1547 ~1546,
1577 Volda = 1444 1519, 1578 Fjord = 1524 1526, 1579 Hustadvika = 1548 1551,
1806 Narvik = 1805 1854 ~1850, 1875 Hamarøy = 1849 ~1850, 3001 = 0101, 3002 Moss = 0104 0136,
3003 = 0105, 3004 = 0106, 3005 Drammen = 0602 0625 0711, 3006 = 0604, 3007 = 0605, 3011 = 0111,
3012 = 0118, 3013 = 0119, 3014 Indre Østfold = 0122 0123 0124 0125 0138, 3015 = 0127, 3016 = 0128,
3017 = 0135, 3018 = 0137, 3019 = 0211, 3020 Nordre Follo = 0213 0217, 3021 = 0214, 3022 = 0215,
3023 = 0216, 3024 = 0219, 3025 Asker = 0220 0627 0628, 3026 Aurskog-Høland = 0121 0221, 3027 = 0228,
3028 = 0229, 3029 = 0230, 3030 Lillestrøm = 0226 0227 0231, 3031 = 0233, 3032 = 0234, 3033 = 0235,
3034 = 0236, 3035 = 0237, 3036 = 0238, 3037 = 0239, 3038 = 0612, 3039 = 0615, 3040 Nesbyen = 0616,
3041 = 0617, 3042 = 0618, 3043 = 0619, 3044 = 0620, 3045 = 0621, 3046 = 0622, 3047 = 0623, 3048 = 0624,
3049 = 0626, 3050 = 0631, 3051 = 0632, 3052 = 0633, 3053 = 0532, 3054 = 0533, 3401 = 0402, 3403 = 0403,
3405 = 0501, 3407 = 0502, 3411 = 0412, 3412 = 0415, 3413 = 0417, 3414 = 0418, 3415 = 0419, 3416 = 0420,
3417 = 0423, 3418 = 0425, 3419 = 0426, 3420 = 0427, 3421 = 0428, 3422 = 0429, 3423 = 0430, 3424 = 0432,
3425 = 0434, 3426 = 0436, 3427 = 0437, 3428 = 0438, 3429 = 0439, 3430 = 0441, 3431 = 0511, 3432 = 0512,
3433 = 0513, 3434 = 0514, 3435 = 0515, 3436 = 0516, 3437 = 0517, 3438 = 0519, 3439 = 0520, 3440 = 0521,
3441 = 0522, 3442 = 0528, 3443 = 0529, 3446 = 0534, 3447 = 0536, 3448 = 0538, 3449 = 0540, 3450 = 0541,
3451 = 0542, 3452 = 0543, 3453 = 0544, 3454 = 0545, 3801 = 0701, 3802 Holmestrand = 0713 0715,
3803 Tønsberg = 0704 0716, 3804 = 0710, 3805 = 0712, 3806 = 0805, 3807 = 0806, 3808 = 0807, 3811 = 0729,
3812 = 0811, 3813 = 0814, 3814 = 0815, 3815 = 0817, 3816 = 0819, 3817 Midt-Telemark = 0821 0822,
3818 = 0826, 3819 = 0827, 3820 = 0828, 3821 = 0829, 3822 = 0830, 3823 = 0831, 3824 = 0833, 3825 = 0834,
4201 = 0901, 4202 = 0904, 4203 = 0906, 4204 Kristiansand = 1001 1017 1018,
4205 Lindesnes = 1002 1021 1029, 4206 = 1003, 4207 = 1004, 4211 = 0911, 4212 = 0912, 4213 = 0914,
4214 = 0919, 4215 = 0926, 4216 = 0928, 4217 = 0929, 4218 = 0935, 4219 = 0937, 4220 = 0938, 4221 = 0940,
4222 = 0941, 4223 = 1014, 4224 = 1026, 4225 Lyngdal = 1027 1032, 4226 = 1034, 4227 = 1037, 4228 = 1046,
4601 = 1201, 4602 Kinn = 1401 ~1439, 4611 = 1211, 4612 = 1216, 4613 = 1219, 4614 = 1221, 4615 = 1222,
4616 = 1223, 4617 = 1224, 4618 Ullensvang = 1227 1228 1231, 4619 = 1232, 4620 = 1233,
4621 Voss = 1234 1235, 4622 = 1238, 4623 = 1242, 4624 Bjørnafjorden = 1241 1243, 4625 = 1244,
4626 Øygarden = 1245 1246 1259, 4627 = 1247, 4628 = 1251, 4629 = 1252, 4630 = 1253,
4631 Alver = 1256 1260 1263, 4632 = 1264, 4633 = 1265, 4634 = 1266, 4635 = 1411, 4636 = 1412,
4637 = 1413, 4638 Høyanger = 1416 ~1418, 4639 = 1417, 4640 Sogndal = ~1418 1419 1420, 4641 = 1421,
4642 = 1422, 4643 = 1424, 4644 = 1426, 4645 = 1428, 4646 = 1429, 4647 Sunnfjord = 1430 1431 1432 1433,
4648 = 1438, 4649 Stad = 1441 1443 ~1439, 4650 = 1445, 4651 = 1449, 5001 Trondheim = 5001 5030,
5006 Steinkjer = 5004 ~5039, 5007 Namsos = 5005 5040 5048 ~5051, 5054 Indre Fosen = 5054 ~5039,
5055 Heim = 1571 5011 ~5012, 5056 Hitra = 5013 ~5012, 5057 Ørland = 5015 5017, 5058 Åfjord = 5018 5019,
5059 Orkland = 5016 5023 5024 ~5012, 5060 Nærøysund = 5050 ~5051, 5401 = 1902, 5402 = 1903, 5403 = 2012,
5404 = 2002, 5405 = 2003, 5406 Hammerfest = 2004 2017, 5411 = 1911, 5412 Tjeldsund = 1852 1913,
5413 = 1917, 5414 = 1919, 5415 = 1920, 5416 = 1922, 5417 = 1923, 5418 = 1924, 5419 = 1925, 5420 = 1926,
5421 Senja = 1927 1928 1929 1931, 5422 = 1933, 5423 = 1936, 5424 = 1938, 5425 = 1939, 5426 = 1940,
5427 = 1941, 5428 = 1942, 5429 = 1943, 5430 = 2011, 5432 = 2014, 5433 = 2015, 5434 = 2018, 5435 = 2019,
5436 = 2020, 5437 = 2021, 5438 = 2022, 5439 = 2023, 5440 = 2024, 5441 = 2025, 5442 = 2027, 5443 = 2028,
5444 = 2030
`,
  },
  {
    date: '2024-01-01',
    count: 357,
    changes: `
1508 Ålesund = ~1507(1504 1523 1529 1546), 1580 Haram = ~1507(1534), 3101 = 3001, 3103 = 3002, 3105 = 3003, 3107 = 3004,
3110 = 3011, 3112 = 3017, 3114 = 3018, 3116 = 3015, 3118 = 3014, 3120 = 3016, 3122 = 3013, 3124 = 3012,
3201 = 3024, 3203 = 3025, 3205 = 3030, 3207 = 3020, 3209 = 3033, 3212 = 3023, 3214 = 3022, 3216 = 3019,
3218 = 3021, 3220 = 3028, 3222 = 3029, 3224 = 3027, 3226 = 3026, 3228 = 3034, 3230 = 3032, 3232 = 3031,
3234 = 3054, 3236 = 3053, 3238 = 3036, 3240 = 3035, 3242 = 3037, 3301 = 3005, 3303 = 3006, 3305 = 3007,
3310 = 3038, 3312 = 3049, 3314 = 3048, 3316 = 3047, 3318 = 3046, 3320 = 3039, 3322 = 3040, 3324 = 3041,
3326 = 3042, 3328 = 3043, 3330 = 3044, 3332 = 3045, 3334 = 3050, 3336 = 3051, 3338 = 3052, 3901 = 3801,
3903 = 3802, 3905 = 3803, 3907 = 3804, 3909 = 3805, 3911 = 3811, 4001 = 3806, 4003 = 3807, 4005 = 3808,
4010 = 3812, 4012 = 3813, 4014 = 3814, 4016 = 3815, 4018 = 3816, 4020 = 3817, 4022 = 3820, 4024 = 3819,
4026 = 3818, 4028 = 3821, 4030 = 3822, 4032 = 3823, 4034 = 3824, 4036 = 3825, 5501 = 5401, 5503 = 5402,
5510 = 5411, 5512 = 5412, 5514 = 5413, 5516 = 5414, 5518 = 5415, 5520 = 5416, 5522 = 5417, 5524 = 5418,
5526 = 5419, 5528 = 5420, 5530 = 5421, 5532 = 5422, 5534 = 5423, 5536 = 5424, 5538 = 5425, 5540 = 5426,
5542 = 5427, 5544 = 5428, 5546 = 5429, 5601 = 5403, 5603 = 5406, 5605 = 5444, 5607 = 5405, 5610 = 5437,
5612 = 5430, 5614 = 5432, 5616 = 5433, 5618 = 5434, 5620 = 5435, 5622 = 5436, 5624 = 5438, 5626 = 5439,
5628 = 5441, 5630 = 5440, 5632 = 5443, 5634 = 5404, 5636 = 5442
`,
  },
];
